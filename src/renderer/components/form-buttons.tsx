import { useTranslation } from 'react-i18next';
import { Button } from './ui/button.tsx';

interface FormButtonsProps {
  /** `id` of the form they stand outside of. */
  formId: string;
  busy: boolean;
  disabled?: boolean;
  /** What sending it does; "Save" when left out. */
  label?: string;
  onCancel: () => void;
}

/** The buttons of a dialog with a form: leave it, or send it. */
export function FormButtons({ formId, busy, disabled = false, label, onCancel }: FormButtonsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Button onClick={onCancel}>{t('cancel')}</Button>
      <Button variant="primary" type="submit" form={formId} busy={busy} disabled={disabled}>
        {label ?? t('save')}
      </Button>
    </>
  );
}
