import type { Conversation, ConversationOrder } from '../../../shared/contract/conversations.ts';
import type { Folder } from '../../../shared/contract/folders.ts';
import { groupOf, type DayGroup } from './day-groups.ts';

/** What has been read of a place whose pages are asked for one by one. */
export interface Section {
  readonly conversations: readonly Conversation[];
  readonly hasMore: boolean;
}

/** What is known of the history. Folders that are closed have no section. */
export interface History {
  readonly pinned: Section;
  readonly folders: readonly Folder[];
  readonly ofFolders: ReadonlyMap<string, Section>;
  /** In no folder and not pinned. */
  readonly loose: readonly Conversation[];
}

export type HistoryGroup = DayGroup | 'pinned' | 'others';

export type HistoryRow =
  | { readonly type: 'heading'; readonly group: HistoryGroup }
  | { readonly type: 'folder'; readonly folder: Folder }
  | { readonly type: 'conversation'; readonly conversation: Conversation; readonly isFiled: boolean }
  | { readonly type: 'emptyFolder'; readonly folderId: string }
  /** Asks for the next page of a folder; null: of the pinned ones. */
  | { readonly type: 'more'; readonly folderId: string | null };

/** What tells a row from all others. */
export function keyOfRow(row: HistoryRow): string {
  switch (row.type) {
    case 'heading':
      return `heading ${row.group}`;
    case 'folder':
      return `folder ${row.folder.id}`;
    case 'conversation':
      return row.conversation.id;
    case 'emptyFolder':
      return `empty ${row.folderId}`;
    case 'more':
      return `more ${row.folderId ?? ''}`;
  }
}

/** The pinned ones on top, then each folder with what is in it if it is open, then all others: by day where the newest come first. */
export function historyRows({ pinned, folders, ofFolders, loose }: History, order: ConversationOrder, nowMs: number): HistoryRow[] {
  const rows: HistoryRow[] = [];
  // Each list is read by itself, so for a moment one that moves can be in two of them.
  const seen = new Set<string>();
  function add(conversations: readonly Conversation[], isFiled: boolean): void {
    for (const conversation of conversations) {
      if (seen.has(conversation.id)) continue;
      seen.add(conversation.id);
      rows.push({ type: 'conversation', conversation, isFiled });
    }
  }
  function addSection({ conversations, hasMore }: Section, folderId: string | null): void {
    add(conversations, folderId !== null);
    if (hasMore) rows.push({ type: 'more', folderId });
  }

  if (pinned.conversations.length > 0) rows.push({ type: 'heading', group: 'pinned' });
  addSection(pinned, null);
  for (const folder of inOrder(folders, order)) {
    rows.push({ type: 'folder', folder });
    const section = ofFolders.get(folder.id);
    if (section === undefined) continue;
    if (section.conversations.length === 0) rows.push({ type: 'emptyFolder', folderId: folder.id });
    addSection(section, folder.id);
  }
  if (order === 'newest') for (const [group, conversations] of byDay(loose, nowMs)) addGroup(group, conversations);
  else if (rows.length > 0 && loose.length > 0) addGroup('others', loose);
  else add(loose, false);
  return rows;

  function addGroup(group: HistoryGroup, conversations: readonly Conversation[]): void {
    rows.push({ type: 'heading', group });
    add(conversations, false);
  }
}

function inOrder(folders: readonly Folder[], order: ConversationOrder): readonly Folder[] {
  return order === 'dearest' ? folders.toSorted((a, b) => b.total.costNanos - a.total.costNanos) : folders;
}

function byDay(conversations: readonly Conversation[], nowMs: number): Map<DayGroup, Conversation[]> {
  return Map.groupBy(conversations, ({ updatedAt }) => groupOf(updatedAt, nowMs));
}
