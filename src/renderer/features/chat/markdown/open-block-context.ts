import { createContext } from 'react';

/** Whether the block around is code that is still being written: its fence has not been closed. */
export const OpenBlockContext = createContext(false);
