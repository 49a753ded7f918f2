import { v7 as uuidv7 } from 'uuid';

/** A clock that stands still until it is set or time is said to have gone by. */
export interface SampleClock {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly set: (at: number) => void;
  readonly advance: (byMs: number) => void;
  /** A UUIDv7 of this moment, the same for the same `random`. */
  readonly newId: () => string;
}

/** `random` decides about the ids. */
export function createSampleClock(startAt: number, random: () => number): SampleClock {
  let at = startAt;
  return {
    now: () => Math.floor(at),
    set: (to) => (at = to),
    advance: (byMs) => (at += byMs),
    newId: () => uuidv7({ msecs: Math.floor(at), random: Uint8Array.from({ length: 16 }, () => Math.floor(random() * 256)) }),
  };
}

/** Midnight before an instant, in a time zone. Days with a change of the clocks may be off by that hour. */
export function startOfDay(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: 'numeric', minute: 'numeric', second: 'numeric' }).formatToParts(at);
  const [hours = 0, minutes = 0, seconds = 0] = ['hour', 'minute', 'second'].map((type) =>
    Number(parts.find((part) => part.type === type)?.value),
  );
  return at - ((hours * 60 + minutes) * 60 + seconds) * 1_000 - (at % 1_000);
}
