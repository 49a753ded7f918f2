import { PanelLeft, Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../components/ui/icon-button.tsx';
import { ExportDialog } from '../features/history/export/export-dialog.tsx';
import { MoveDialog } from '../features/history/move-dialog.tsx';
import { Inspector } from '../features/inspector/inspector.tsx';
import { SearchDialog } from '../features/search/search-dialog.tsx';
import { showSearch } from '../features/search/search-store.ts';
import { ImportDialog } from '../features/settings/data/import-dialog.tsx';
import { useInspector } from '../navigation/inspector-store.ts';
import { goTo, type Place } from '../navigation/place.ts';
import { useCommands } from './commands.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { inspectorLimits, sidebarLimits, useLayout } from './layout-store.ts';
import { ResizeHandle } from './resize-handle.tsx';
import { ShortcutList } from './shortcut-list.tsx';
import { SideDrawer } from './side-drawer.tsx';
import { Sidebar } from './sidebar.tsx';
import { useBackgroundAnswers } from './use-background-answers.ts';
import { useMedia } from './use-media.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useWindowTitle } from './use-window-title.ts';

/** The window: sidebar, place, and the inspector when it is asked for. Narrow windows lay the outer two over the middle. */
export function AppShell({ place, children }: { place: Place; children: ReactNode }) {
  const { t } = useTranslation('shell');
  const hasSidebarRoom = useMedia('(min-width: 900px)');
  const { isSidebarHidden } = useLayout();
  // Going somewhere closes the drawer: it is open only at the place where it was opened.
  const [drawerPlace, setDrawerPlace] = useState<Place | null>(null);
  const isDrawerOpen = drawerPlace === place;
  const commands = useCommands(place);
  useBackgroundAnswers(place);
  useWindowTitle();

  const toggleSidebar = () => {
    if (hasSidebarRoom) useLayout.setState({ isSidebarHidden: !isSidebarHidden });
    else setDrawerPlace(isDrawerOpen ? null : place);
  };
  useShortcuts({
    ...Object.fromEntries(commands.flatMap(({ shortcut, run }) => (shortcut === undefined ? [] : [[shortcut, run]]))),
    'Mod+4': () => goTo({ name: 'settings' }),
    'Mod+K': () => showSearch(true),
    'Mod+Shift+F': () => showSearch(true),
    'Mod+B': toggleSidebar,
  });

  const isSidebarShown = hasSidebarRoom && !isSidebarHidden;
  return (
    <div className="flex h-full flex-col">
      <a href="#content" className="sr-only focus:not-sr-only" onClick={focusContent}>
        {t('skipToContent')}
      </a>
      <ConnectionBanner />
      <div className="relative flex min-h-0 flex-1">
        {isSidebarShown && <DockedSidebar place={place} onHide={toggleSidebar} />}
        <div className="flex min-w-0 flex-1 flex-col">
          {!isSidebarShown && <TopBar onShowSidebar={toggleSidebar} />}
          <main id="content" tabIndex={-1} className="min-h-0 flex-1 outline-none">
            {children}
          </main>
        </div>
        {place.name === 'chat' && <InspectorSlot />}
      </div>
      {!hasSidebarRoom && (
        <SideDrawer label={t('sidebar.name')} open={isDrawerOpen} onOpenChange={(isOpen) => setDrawerPlace(isOpen ? place : null)}>
          <Sidebar place={place} onHide={() => setDrawerPlace(null)} />
        </SideDrawer>
      )}
      <SearchDialog commands={commands} />
      <MoveDialog />
      <ShortcutList />
      <ExportDialog />
      <ImportDialog />
    </div>
  );
}

/** The address is the place, so the link moves the focus by hand. */
function focusContent(event: React.MouseEvent): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

function DockedSidebar({ place, onHide }: { place: Place; onHide: () => void }) {
  const { t } = useTranslation('shell');
  const { sidebarPx } = useLayout();
  return (
    <aside aria-label={t('sidebar.name')} className="relative shrink-0 border-r" style={{ width: sidebarPx }}>
      <Sidebar place={place} onHide={onHide} />
      <ResizeHandle
        label={t('sidebar.resize')}
        side="right"
        widthPx={sidebarPx}
        {...sidebarLimits}
        onResize={(px) => useLayout.setState({ sidebarPx: px })}
      />
    </aside>
  );
}

function TopBar({ onShowSidebar }: { onShowSidebar: () => void }) {
  const { t } = useTranslation('shell');
  return (
    <header className="flex h-10 shrink-0 items-center gap-1 border-b bg-sunken px-2">
      <IconButton size="sm" label={t('sidebar.open')} shortcut="Mod+B" tooltipSide="bottom" onClick={onShowSidebar}>
        <PanelLeft className="size-4" aria-hidden />
      </IconButton>
      <span className="flex-1 px-1 font-semibold">Tally</span>
      <IconButton
        size="sm"
        label={t('sidebar.newChat')}
        shortcut="Mod+N"
        tooltipSide="bottom"
        onClick={() => goTo({ name: 'chat', conversationId: null, messageId: null })}
      >
        <Plus className="size-4" aria-hidden />
      </IconButton>
    </header>
  );
}

function InspectorSlot() {
  const { t } = useTranslation('shell');
  const isOpen = useInspector((state) => state.isOpen);
  const hasRoom = useMedia('(min-width: 1180px)');
  const { inspectorPx } = useLayout();
  if (!isOpen) return null;
  if (!hasRoom) {
    return (
      <aside aria-label={t('inspector.name')} className="absolute inset-y-0 right-0 z-20 w-[min(26rem,100%)] border-l shadow-popup">
        <Inspector />
      </aside>
    );
  }
  return (
    <aside aria-label={t('inspector.name')} className="relative shrink-0 border-l" style={{ width: inspectorPx }}>
      <ResizeHandle
        label={t('inspector.resize')}
        side="left"
        widthPx={inspectorPx}
        {...inspectorLimits}
        onResize={(px) => useLayout.setState({ inspectorPx: px })}
      />
      <Inspector />
    </aside>
  );
}
