import { useRef, useState, type DragEvent } from 'react';

/** Takes files that are dropped on an element; `isOver` while they hang above it. */
export function useFileDrop(onFiles: (files: readonly File[]) => void) {
  const [isOver, setIsOver] = useState(false);
  // Entering a child leaves the parent: only the balance says where the pointer is.
  const depth = useRef(0);
  const holdsFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  const settle = () => {
    depth.current = 0;
    setIsOver(false);
  };
  const dropProps = {
    onDragEnter(event: DragEvent) {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      depth.current += 1;
      setIsOver(true);
    },
    onDragLeave(event: DragEvent) {
      if (!holdsFiles(event)) return;
      depth.current -= 1;
      if (depth.current <= 0) settle();
    },
    onDragOver(event: DragEvent) {
      if (holdsFiles(event)) event.preventDefault();
    },
    onDrop(event: DragEvent) {
      if (!holdsFiles(event)) return;
      settle();
      // What lies inside has taken them.
      if (event.defaultPrevented) return;
      event.preventDefault();
      onFiles([...event.dataTransfer.files]);
    },
  };
  return { isOver, dropProps };
}
