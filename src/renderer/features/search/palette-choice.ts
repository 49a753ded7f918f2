import type { ReactNode } from 'react';
import type { FindableCommand } from './find-commands.ts';

/** Something that can be done from anywhere. */
export interface SearchCommand extends FindableCommand {
  readonly icon: ReactNode;
  readonly shortcut?: string | undefined;
  readonly run: () => void;
}

/** A line of the palette. */
export interface Choice {
  readonly id: string;
  readonly row: ReactNode;
  readonly run: () => void;
}

/** Choices of one kind, in the shape the list wants its groups in. */
export interface ChoiceGroup {
  readonly value: string;
  readonly items: readonly Choice[];
}
