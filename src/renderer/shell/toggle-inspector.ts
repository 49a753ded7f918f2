import { closeInspector, openInspector, useInspector } from '../navigation/inspector-store.ts';

/** Opens the details of the answer that was offered last, or closes them. */
export function toggleInspector(): void {
  const { isOpen, subject, tab } = useInspector.getState();
  if (isOpen) closeInspector();
  else if (subject !== null) openInspector(subject, tab);
}
