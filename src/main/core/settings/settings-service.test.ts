import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppEvent } from '../../../shared/contract/app.ts';
import { closeDatabase, openDatabase, type Db } from '../db/database.ts';
import { createAppEvents } from '../events.ts';
import { createSettingsService, defaultSettings } from './settings-service.ts';

let dataDir: string;
let db: Db;

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'tally-settings-'));
  db = openDatabase({ dataDir, now: () => 1, newId: () => 'instance' });
});

afterEach(() => {
  closeDatabase(db);
  rmSync(dataDir, { recursive: true });
});

describe('settings', () => {
  it('keeps a change over a restart and leaves the rest at its default', () => {
    const model = { providerId: 'p1', modelId: 'm1' };
    createSettingsService({ db, events: createAppEvents() }).update({ theme: 'dark', defaultModel: model, locale: undefined });
    const again = createSettingsService({ db, events: createAppEvents() });
    expect(again.get()).toEqual({ ...defaultSettings, theme: 'dark', defaultModel: model });
  });

  it('tells listeners and pages after the change is stored', () => {
    const events = createAppEvents();
    const emitted: AppEvent[] = [];
    events.subscribe((event) => emitted.push(event));
    const settings = createSettingsService({ db, events });
    const seen: string[] = [];
    const stop = settings.onChange((values) => seen.push(values.proxy.mode));
    settings.update({ proxy: { mode: 'none' } });
    stop();
    settings.update({ proxy: { mode: 'system' } });
    expect(seen).toEqual(['none']);
    expect(emitted).toEqual([{ type: 'settings.changed' }, { type: 'settings.changed' }]);
  });

  it('refuses a value it cannot have, naming the field, and stores nothing', () => {
    const settings = createSettingsService({ db, events: createAppEvents() });
    expect(() => settings.update({ onboardingDone: true, proxy: { mode: 'manual', url: 'file:///etc/passwd' } })).toThrowError(
      expect.objectContaining({ code: 'INVALID_INPUT', data: { field: 'proxy.url' } }),
    );
    expect(createSettingsService({ db, events: createAppEvents() }).get()).toEqual(defaultSettings);
  });

  it('falls back to the default for a stored value of another build, alone', () => {
    db.prepare('INSERT INTO setting (key, value_json) VALUES (?, ?), (?, ?), (?, ?)').run(
      'theme',
      '"sepia"',
      'locale',
      '"ja"',
      'gone',
      '{}',
    );
    expect(createSettingsService({ db, events: createAppEvents() }).get()).toEqual({ ...defaultSettings, locale: 'ja' });
  });
});
