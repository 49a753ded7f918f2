import { createContext } from 'react';

/**
 * Told that something above the reader's place has become so many pixels higher, before it is painted. The list of messages
 * moves by as much, so that what is read stays where it is.
 */
export const PlaceContext = createContext<(grown: Element, deltaPx: number) => void>(() => undefined);
