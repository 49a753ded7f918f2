import { settingsValues, type SettingsValues } from '../../../shared/contract/settings.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { inTransaction, type Db } from '../db/database.ts';
import type { AppEvents } from '../events.ts';
import { createSettingStore } from './setting-store.ts';

/** What holds until a person chooses otherwise. */
export const defaultSettings: SettingsValues = {
  theme: 'system',
  locale: 'system',
  fontSizePx: 14,
  notifyWhenAnswered: false,
  sendKey: 'enter',
  defaultModel: null,
  titlesByModel: true,
  finishStopped: false,
  countInputByProvider: false,
  searchFurther: false,
  rankAgain: false,
  // One US cent.
  indexWithoutAskingBelowNanos: 10_000_000,
  indexingPaused: false,
  proxy: { mode: 'system' },
  onboardingDone: false,
};

/** Some settings; a key that is absent or undefined stays as it is. */
export type SettingsChange = { readonly [K in keyof SettingsValues]?: SettingsValues[K] | undefined };

export interface SettingsService {
  readonly get: () => SettingsValues;
  /** Changes some settings and returns all of them. Throws AppError INVALID_INPUT. */
  readonly update: (change: SettingsChange) => SettingsValues;
  /** Called after each change that was stored. Returns the function that stops listening. */
  readonly onChange: (listener: (values: SettingsValues) => void) => () => void;
}

/** The settings, typed and with their defaults. A stored value this build does not understand counts as not set. */
export function createSettingsService(deps: { readonly db: Db; readonly events: AppEvents }): SettingsService {
  const store = createSettingStore(deps.db);
  const listeners = new Set<(values: SettingsValues) => void>();
  let values = readValues(store.all());

  return {
    get: () => values,
    update(change) {
      const checked = parseChange(change);
      inTransaction(deps.db, () => {
        for (const [key, value] of Object.entries(checked)) store.set(key, value);
      });
      values = { ...values, ...checked };
      for (const listener of listeners) listener(values);
      deps.events.emit({ type: 'settings.changed' });
      return values;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Each value by itself: one that is damaged must not take the others with it. */
function readValues(stored: ReadonlyMap<string, unknown>): SettingsValues {
  const known = Object.entries(settingsValues.shape).flatMap(([key, schema]) => {
    const parsed = schema.safeParse(stored.get(key));
    return parsed.success ? [[key, parsed.data]] : [];
  });
  return settingsValues.parse({ ...defaultSettings, ...Object.fromEntries(known) });
}

function parseChange(change: SettingsChange): Partial<SettingsValues> {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const parsed = settingsValues.partial().safeParse(given);
  if (!parsed.success) {
    throw new AppError('INVALID_INPUT', 'A setting has a value it cannot have.', { data: { field: fieldOf(parsed.error.issues) } });
  }
  const { proxy } = parsed.data;
  if (proxy?.mode === 'manual') assertProxyUrl(proxy.url);
  // exactOptionalPropertyTypes: the schema allows `undefined`, but those keys were left out above.
  return parsed.data as Partial<SettingsValues>;
}

function fieldOf(issues: readonly { readonly path: readonly PropertyKey[] }[]): string {
  return issues[0]?.path.map(String).join('.') ?? '';
}

function assertProxyUrl(url: string): void {
  const protocol = URL.parse(url)?.protocol;
  if (protocol === 'http:' || protocol === 'https:') return;
  throw new AppError('INVALID_INPUT', 'A proxy address begins with http:// or https://.', { data: { field: 'proxy.url' } });
}
