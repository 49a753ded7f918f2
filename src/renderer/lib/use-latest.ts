import { useLayoutEffect, useRef, type RefObject } from 'react';

/** The newest value, for functions that must keep their identity. Read it in handlers, not while rendering. */
export function useLatest<Value>(value: Value): Readonly<RefObject<Value>> {
  const ref = useRef(value);
  useLayoutEffect(() => {
    ref.current = value;
  });
  return ref;
}
