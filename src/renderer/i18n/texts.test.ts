import { expect, it } from 'vitest';
import { en, ja } from './resources.ts';

type Texts = { readonly [key: string]: string | Texts };

/** Every text as `namespace:key.key`, plural forms under one key. */
function keysOf(texts: Texts, before = '', between = ':'): string[] {
  return Object.entries(texts).flatMap(([key, value]) => {
    const here = before === '' ? key : `${before}${between}${key}`;
    if (typeof value === 'string') return [here.replace(/_(?:zero|one|two|few|many|other)$/u, '')];
    return keysOf(value, here, before === '' ? ':' : '.');
  });
}

const files = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/locales/**', '!../**/*.test.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});
const sources = Object.values(files).join('\n');

/** What stands between quotes, as it is. */
const literals = new Set([...sources.matchAll(/'([\w.:]+)'/gu)].map(([, text = '']) => text));
/** What stands in templates, with a gap for what is put in. */
const templates = [...sources.matchAll(/`((?:[\w.:]|\$\{[^{}`]*\})+)`/gu)].flatMap(([, text = '']) => {
  const parts = text.split(/\$\{[^{}]*\}/u).map((part) => part.replaceAll('.', '\\.'));
  // One that is nearly all gap would let everything pass.
  return parts.length > 1 && parts.join('').includes('.') ? [new RegExp(`^${parts.join('[\\w.]+')}$`, 'u')] : [];
});

function isUsed(full: string): boolean {
  const key = full.slice(full.indexOf(':') + 1);
  return [full, key].some((name) => literals.has(name) || templates.some((template) => template.test(name)));
}

it('has every text in both languages', () => {
  expect([...new Set(keysOf(ja))].toSorted()).toEqual([...new Set(keysOf(en))].toSorted());
});

it('has no text that nothing shows', () => {
  expect(keysOf(en).filter((key) => !isUsed(key))).toEqual([]);
});

it('has every text that is asked for', () => {
  const known = new Set(keysOf(en).flatMap((full) => [full, full.slice(full.indexOf(':') + 1)]));
  const asked = [...sources.matchAll(/\bt\('([\w.:]+)'/gu)].map(([, key = '']) => key);
  expect(asked.filter((key) => !known.has(key) && !known.has(key.replace(/_other$/u, '')))).toEqual([]);
  expect(asked.length).toBeGreaterThan(100);
});

it('has no text that was left in English', () => {
  const flat = (texts: Texts): [string, string][] =>
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[key, value] as [string, string]]
        : flat(value).map(([rest, text]): [string, string] => [`${key}.${rest}`, text]),
    );
  const english = new Map(flat(en));
  const isSentence = (text: string) => /[a-z]{2,}[ ][a-z]{2,}/u.test(text.replaceAll(/\{\{.*?\}\}/gu, ''));
  expect(flat(ja).filter(([key, text]) => english.get(key) === text && isSentence(text))).toEqual([]);
});
