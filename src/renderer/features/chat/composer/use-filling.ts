import { useLayoutEffect, useState, type RefObject } from 'react';
import { beginFilling, fillNext, rangeOf, type Filling } from './placeholders.ts';

/** Going through the placeholders of a prompt. */
export interface PlaceholderFilling {
  /** The placeholder to be filled now; null: none. */
  readonly name: string | null;
  /** Begins with the placeholders of a text, the first of which becomes selected. */
  begin(text: string, from: number): void;
  /** Goes on. Returns whether that was all there was to do: false when nothing is being filled, or the last one was. */
  next(): boolean;
  /** Leaves the rest as it is. */
  end(): void;
}

/** Placeholders of an inserted prompt are selected one after the other, so that typing fills them. */
export function useFilling(
  fieldRef: RefObject<HTMLTextAreaElement | null>,
  text: string,
  setText: (text: string) => void,
): PlaceholderFilling {
  const [filling, setFilling] = useState<Filling | null>(null);

  // The text has to be in the field before a part of it can be selected.
  useLayoutEffect(() => {
    const field = fieldRef.current;
    const range = filling === null || field === null ? null : rangeOf(field.value, filling);
    if (range !== null) field?.setSelectionRange(...range);
  }, [filling, fieldRef]);

  return {
    // Whoever has rewritten the text around it is done with it.
    name: filling !== null && rangeOf(text, filling) !== null ? filling.name : null,
    begin: (text, from) => setFilling(beginFilling(text, from)),
    next() {
      if (filling === null) return false;
      const step = fillNext(text, filling);
      if (step.filling === null && !step.isFilled) return true;
      if (step.text !== text) setText(step.text);
      setFilling(step.filling);
      return step.filling !== null;
    },
    end: () => setFilling(null),
  };
}
