import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { Dialog } from '../components/ui/dialog.tsx';
import { Kbd } from '../components/ui/kbd.tsx';
import { queries } from '../rpc/queries.ts';

const useListOpen = create<{ isOpen: boolean }>(() => ({ isOpen: false }));

/** Opens or closes the list of shortcuts. */
export function showShortcutList(isOpen: boolean): void {
  useListOpen.setState({ isOpen });
}

/** Everything that can be done with a key. What each does is bound where it belongs. */
const groups = [
  {
    name: 'anywhere',
    keys: [
      ['palette', 'Mod+K'],
      ['newChat', 'Mod+N'],
      ['find', 'Mod+F'],
      ['searchAll', 'Mod+Shift+F'],
      ['inspector', 'Mod+.'],
      ['sidebar', 'Mod+B'],
      ['settings', 'Mod+,'],
      ['theme', 'Shift+D'],
      ['list', 'Mod+/'],
    ],
  },
  {
    name: 'places',
    keys: [
      ['chat', 'Mod+1'],
      ['documents', 'Mod+2'],
      ['spend', 'Mod+3'],
      ['settings', 'Mod+4'],
    ],
  },
  {
    name: 'writing',
    keys: [
      ['send', 'send'],
      ['newLine', 'newLine'],
      ['prompts', '/'],
      ['documents', '@'],
      ['model', 'Mod+Shift+M'],
      ['editLast', '↑'],
      ['stop', 'Esc'],
    ],
  },
] as const;

/** The list of shortcuts, grouped by where they hold. */
export function ShortcutList() {
  const { t } = useTranslation('palette');
  const isOpen = useListOpen((state) => state.isOpen);
  const sendKey = useQuery(queries.settings()).data?.sendKey ?? 'enter';
  const keysOf = (key: string): string => {
    if (key === 'send') return sendKey === 'enter' ? 'Enter' : 'Mod+Enter';
    if (key === 'newLine') return sendKey === 'enter' ? 'Shift+Enter' : 'Enter';
    return key;
  };
  return (
    <Dialog open={isOpen} onOpenChange={showShortcutList} title={t('shortcuts.title')} description={t('shortcuts.hint')}>
      {/* There is nothing else in it to take the focus, and what scrolls must be reachable with the keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section tabIndex={0} aria-label={t('shortcuts.title')} className="flex flex-col gap-5">
        {groups.map(({ name, keys }) => (
          <section key={name} aria-label={t(`shortcuts.groups.${name}`)}>
            <h3 className="mb-1 text-sm font-medium text-muted">{t(`shortcuts.groups.${name}`)}</h3>
            <dl className="divide-y">
              {keys.map(([what, key]) => (
                <div key={what} className="flex items-center justify-between gap-4 py-1.5">
                  <dt>{t(`shortcuts.${name}.${what}` as 'shortcuts.anywhere.palette')}</dt>
                  <dd>
                    <Kbd shortcut={keysOf(key)} isRead className="text-muted" />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </section>
    </Dialog>
  );
}
