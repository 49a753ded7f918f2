import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Switch } from '../../components/ui/switch.tsx';
import { useSaveSettings } from './use-save-settings.ts';

/** Whether the system tells of an answer that ended in the background. The permission is asked for here and nowhere else. */
export function NotifySwitch({ isOn }: { isOn: boolean }) {
  const { t } = useTranslation('settings');
  const save = useSaveSettings();
  const [isRefused, setIsRefused] = useState(false);

  async function change(isWanted: boolean): Promise<void> {
    const isAllowed = !isWanted || ('Notification' in window && (await Notification.requestPermission()) === 'granted');
    setIsRefused(!isAllowed);
    if (isAllowed) save({ notifyWhenAnswered: isWanted });
  }

  return (
    <>
      <Switch
        label={t('general.notify')}
        description={t('general.notifyHint')}
        checked={isOn}
        onCheckedChange={(isWanted) => void change(isWanted)}
      />
      {isRefused && (
        <p role="alert" className="mt-1 text-sm text-danger">
          {t('general.notifyRefused')}
        </p>
      )}
    </>
  );
}
