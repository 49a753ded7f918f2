import { create } from 'zustand';

export type InspectorTab = 'receipt' | 'sources' | 'trace';

/** The answer the inspector shows something of. */
export interface InspectorSubject {
  readonly conversationId: string;
  readonly messageId: string;
}

interface InspectorState {
  readonly isOpen: boolean;
  readonly tab: InspectorTab;
  readonly subject: InspectorSubject | null;
  /** The `n` of the source that is open, among the sources. */
  readonly sourceOrdinal: number | null;
}

/** What the inspector shows. Chat opens it, the shell places it, the inspector draws it. */
export const useInspector = create<InspectorState>(() => ({ isOpen: false, tab: 'receipt', subject: null, sourceOrdinal: null }));

export function openInspector(subject: InspectorSubject, tab: InspectorTab, sourceOrdinal: number | null = null): void {
  useInspector.setState({ isOpen: true, subject, tab, sourceOrdinal });
}

export function closeInspector(): void {
  useInspector.setState({ isOpen: false });
}

/**
 * Says which answers a conversation shows now. The newest becomes the one the shortcut opens, unless the
 * inspector is open on another that is still there.
 */
export function offerToInspector(conversationId: string, answerIds: readonly string[]): void {
  const { subject, isOpen } = useInspector.getState();
  const isStillThere = subject?.conversationId === conversationId && answerIds.includes(subject.messageId);
  if (isOpen && isStillThere) return;
  const messageId = answerIds.at(-1);
  if (messageId === undefined) useInspector.setState({ subject: null, isOpen: false });
  else if (subject?.messageId !== messageId) useInspector.setState({ subject: { conversationId, messageId }, sourceOrdinal: null });
}
