import { createInstance } from 'i18next';
import { expect, it } from 'vitest';
import { addAmount, emptyTotal } from '../../../../shared/amount.ts';
import type { Message } from '../../../../shared/contract/chat.ts';
import { en, ja } from '../../../i18n/resources.ts';
import { conversationMarkdown, type MarkdownWords } from './conversation-markdown.ts';

function wordsIn(lng: 'en' | 'ja'): MarkdownWords {
  const i18n = createInstance({ lng, resources: { en, ja }, defaultNS: 'common', interpolation: { escapeValue: false } });
  void i18n.init();
  const format = { dateTime: (epochMs: number) => new Date(epochMs).toISOString().slice(0, 16) };
  return { t: i18n.getFixedT(lng, ['portable', 'common']), common: i18n.getFixedT(lng), locale: lng, format };
}

function message(values: Partial<Message>): Message {
  const empty = { images: [], sources: [], receipt: null, imported: null, status: 'done', modelLabel: null, createdAt: 0, text: '' };
  // What else a message has is not written.
  return { ...empty, ...values } as unknown as Message;
}

const total = addAmount(emptyTotal, { exactness: 'estimated', costNanos: 41_234_567 });
// Of a receipt only the total is written, of a source only its name and page.
const receipt = { total, calls: [], requestParts: [] };
const sources = [
  { ordinal: 1, documentName: 'lease_2026.pdf', page: 7 },
  { ordinal: 2, documentName: 'notes.md', page: null },
] as unknown as Message['sources'];
const branch = {
  title: 'Lease *questions*',
  createdAt: 0,
  messages: [
    message({ role: 'user', text: 'When?\n\n# not a title', images: [{ id: 'i', name: 'page[1].png', width: 1, height: 1 }] }),
    message({ role: 'assistant', modelLabel: 'gpt-5-mini', text: 'Once a year [1].', sources, receipt }),
  ],
};

it('writes title, models, questions, answers, sources with their pages and notes for images, and costs only where wished', () => {
  const plain = conversationMarkdown(branch, false, wordsIn('en'));
  expect(plain).toBe(`# Lease \\*questions\\*

1970-01-01T00:00 · gpt-5-mini

---

**You** · 1970-01-01T00:00

*Image: page\\[1\\].png*

When?

# not a title

---

**gpt-5-mini** · 1970-01-01T00:00

Once a year [1].

**Sources**

- [1] lease\\_2026.pdf, p. 7
- [2] notes.md
`);
  const withCosts = conversationMarkdown(branch, true, wordsIn('en'));
  expect(withCosts).toContain('Cost: ≈ $0.041234567 (1 call · 1 estimated)');
  expect(withCosts).toContain('**Cost of this branch: ≈ $0.041234567**');
});

it('speaks the language that is shown', () => {
  expect(conversationMarkdown(branch, true, wordsIn('ja'))).toContain('出典');
});

it('closes a block of code that a stopped answer left open, and only such a one', () => {
  const write = (text: string) =>
    conversationMarkdown({ ...branch, messages: [message({ role: 'assistant', text, status: 'stopped' })] }, false, wordsIn('en'));
  expect(write('```ts\nconst a = 1;')).toContain('**Answer** · 1970-01-01T00:00 · Stopped\n\n```ts\nconst a = 1;\n```\n');
  expect(write('~~~~\n```\n~~~')).toContain('~~~\n~~~~\n');
  expect(write('```\na\n```')).toMatch(/a\n```\n$/);
  expect(write('```not a `fence`')).toMatch(/`fence`\n$/);
});
