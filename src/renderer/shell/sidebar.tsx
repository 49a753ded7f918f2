import { useQuery } from '@tanstack/react-query';
import { BookOpen, ChartColumn, Library, PanelLeft, Plus, Search, Settings } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AmountTotalText } from '../components/amount.tsx';
import { IconButton } from '../components/ui/icon-button.tsx';
import { ariaShortcut, Kbd } from '../components/ui/kbd.tsx';
import { ConversationList } from '../features/history/conversation-list.tsx';
import { showSearch } from '../features/search/search-store.ts';
import { NewChatWith } from './new-chat-with.tsx';
import { cn } from '../lib/cn.ts';
import { goTo, hrefOf, type Place } from '../navigation/place.ts';
import { queries } from '../rpc/queries.ts';

interface SidebarProps {
  place: Place;
  /** Hides it, or closes the drawer it is in. */
  onHide: () => void;
}

/** New chat, search, the history, and the other places. */
export function Sidebar({ place, onHide }: SidebarProps) {
  const { t } = useTranslation('shell');
  const totals = useQuery(queries.spendTotals());
  return (
    <div className="flex h-full min-h-0 flex-col bg-sunken">
      <div className="flex shrink-0 flex-col gap-0.5 p-2">
        <div className="flex h-8 items-center gap-2 pl-2.5">
          <span className="font-semibold">Tally</span>
          <span className="flex min-w-0 flex-1 items-baseline justify-end gap-1 text-xs text-faint">
            {totals.data && totals.data.today.callCount > 0 && (
              <>
                <AmountTotalText total={totals.data.today} className="text-muted" />
                {t('sidebar.today')}
              </>
            )}
          </span>
          <IconButton size="sm" label={t('sidebar.hide')} shortcut="Mod+B" tooltipSide="bottom" onClick={onHide}>
            <PanelLeft className="size-4" aria-hidden />
          </IconButton>
        </div>
        <SidebarButton icon={<Plus />} shortcut="Mod+N" onClick={() => goTo({ name: 'chat', conversationId: null, messageId: null })}>
          {t('sidebar.newChat')}
        </SidebarButton>
        <NewChatWith />
        <SidebarButton icon={<Search />} shortcut="Mod+K" onClick={() => showSearch(true)}>
          {t('sidebar.search')}
        </SidebarButton>
      </div>
      <div className="min-h-0 flex-1 border-t border-line/60">
        <ConversationList openId={place.name === 'chat' || place.name === 'receipts' ? place.conversationId : null} />
      </div>
      <nav aria-label={t('sidebar.places')} className="flex shrink-0 flex-col gap-0.5 border-t p-2">
        <PlaceLink place={{ name: 'documents' }} current={place} icon={<BookOpen />} />
        <PlaceLink
          place={{ name: 'spend' }}
          current={place}
          icon={<ChartColumn />}
          aside={
            totals.data && (
              <span className="flex items-baseline gap-1 text-xs text-faint">
                <AmountTotalText total={totals.data.month} className="text-muted" />
                {totals.data.month.callCount > 0 && t('sidebar.month')}
              </span>
            )
          }
        />
        <PlaceLink place={{ name: 'library' }} current={place} icon={<Library />} />
        <PlaceLink place={{ name: 'settings' }} current={place} icon={<Settings />} />
      </nav>
    </div>
  );
}

const rowStyles =
  'focus-inset flex h-8 w-full items-center gap-2.5 rounded-md px-2.5 text-left hover:bg-hover [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted';

interface SidebarButtonProps {
  icon: ReactNode;
  shortcut: string;
  onClick: () => void;
  children: ReactNode;
}

function SidebarButton({ icon, shortcut, onClick, children }: SidebarButtonProps) {
  return (
    <button type="button" data-leads-away className={rowStyles} aria-keyshortcuts={ariaShortcut(shortcut)} onClick={onClick}>
      {icon}
      <span className="flex-1">{children}</span>
      <Kbd shortcut={shortcut} className="border-0 text-faint opacity-100" />
    </button>
  );
}

interface PlaceLinkProps {
  place: Exclude<Place, { name: 'receipts' }>;
  current: Place;
  icon: ReactNode;
  aside?: ReactNode;
}

function PlaceLink({ place, current, icon, aside }: PlaceLinkProps) {
  const { t } = useTranslation('shell');
  const isCurrent = place.name === current.name;
  return (
    <a
      href={hrefOf(place)}
      aria-current={isCurrent ? 'page' : undefined}
      className={cn(rowStyles, isCurrent && 'bg-active font-medium hover:bg-active')}
    >
      {icon}
      <span className="flex-1 truncate">{t(`place.${place.name}`)}</span>
      {aside}
    </a>
  );
}
