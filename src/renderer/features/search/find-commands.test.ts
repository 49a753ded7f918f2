import { expect, it } from 'vitest';
import { findCommands, recentCommands, type FindableCommand } from './find-commands.ts';

const commands: FindableCommand[] = [
  { id: 'new', label: 'New chat', group: 'actions' },
  { id: 'docs', label: 'Documents', group: 'places' },
  { id: 'dark', label: 'Appearance: Dark', group: 'settings', keywords: ['theme'] },
  { id: 'light', label: 'Appearance: Light', group: 'settings', keywords: ['theme'] },
  { id: 'settings', label: '設定', group: 'places', keywords: ['Settings'] },
];
const ids = (found: readonly FindableCommand[]) => found.map(({ id }) => id);

it('finds what begins as was typed before what only has its letters', () => {
  expect(ids(findCommands(commands, 'd', []).near)).toEqual(['docs', 'dark']);
  const { near, far } = findCommands(commands, 'dcm', []);
  expect([ids(near), ids(far)]).toEqual([[], ['docs']]);
});

it('finds by other words, and a Japanese command by its English name too', () => {
  expect(ids(findCommands(commands, 'theme', []).near)).toEqual(['dark', 'light']);
  expect(ids(findCommands(commands, '設', []).near)).toEqual(['settings']);
  expect(ids(findCommands(commands, 'sett', []).near)).toEqual(['settings']);
});

it('puts what was used last first, among equals', () => {
  expect(ids(findCommands(commands, 'theme', ['light']).near)).toEqual(['light', 'dark']);
  expect(ids(recentCommands(commands, ['light', 'gone', 'new'], 2))).toEqual(['light', 'new']);
});
