import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createDraftSaver } from './draft-saver.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('saves the last of what was typed, once it rests, and nothing twice', () => {
  const saved: string[] = [];
  const saver = createDraftSaver<string>(async (value) => saved.push(value), 300);
  for (const value of ['H', 'He', 'Hel']) saver.later(value);
  expect(saved).toEqual([]);
  vi.advanceTimersByTime(300);
  expect(saved).toEqual(['Hel']);
  saver.flush();
  expect(saved).toEqual(['Hel']);
});

it('saves at once when the page is left', () => {
  const saved: string[] = [];
  const saver = createDraftSaver<string>(async (value) => saved.push(value), 300);
  saver.later('Hello');
  saver.flush();
  vi.advanceTimersByTime(1_000);
  expect(saved).toEqual(['Hello']);
});

it('keeps what could not be saved for the next time, unless something newer came', async () => {
  const tried: string[] = [];
  let isConnected = false;
  const saver = createDraftSaver<string>(async (value) => {
    tried.push(value);
    if (!isConnected) throw new Error('The connection is lost.');
  }, 300);
  saver.later('Hello');
  saver.flush();
  await vi.advanceTimersByTimeAsync(0);
  isConnected = true;
  saver.flush();
  expect(tried).toEqual(['Hello', 'Hello']);
  saver.flush();
  expect(tried).toHaveLength(2);
});
