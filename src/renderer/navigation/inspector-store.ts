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

/** Makes this answer the one that the shortcut opens, unless the inspector is busy with another of the same conversation. */
export function offerToInspector(subject: InspectorSubject | null): void {
  const { subject: current, isOpen } = useInspector.getState();
  if (isOpen && subject !== null && current?.conversationId === subject.conversationId) return;
  useInspector.setState(subject === null ? { subject, isOpen: false } : { subject, sourceOrdinal: null });
}
