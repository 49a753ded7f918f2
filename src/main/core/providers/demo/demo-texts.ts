import type { DemoLanguage } from './language.ts';

interface DemoTexts {
  /** Said to anything that is not about documents. */
  readonly introduction: string;
  readonly nothingFound: string;
  readonly notSaid: string;
  readonly from: (document: string, page: string | null) => string;
  readonly quote: (sentence: string) => string;
}

/** What the demo says in its own words. */
export const demoTexts: Readonly<Record<DemoLanguage, DemoTexts>> = {
  en: {
    introduction: [
      'I am the demo that comes with Tally, not a language model. I run inside the app, cost nothing and send nothing anywhere.',
      '',
      'What I can do: find the sentences in **your documents** that fit a question and quote them with their source. Add a file, ask about it, and you see how answers stream, how sources open, and what a receipt looks like.',
      '',
      'For real answers, add an API key or a model on this computer under **Settings**.',
    ].join('\n'),
    nothingFound: 'I found nothing about this in your documents.',
    notSaid: 'The passages that were found do not answer this.',
    from: (document, page) => (page === null ? `From *${document}*:` : `From *${document}*, page ${page}:`),
    quote: (sentence) => `“${sentence}”`,
  },
  ja: {
    introduction: [
      '私は Tally に付属するデモで、言語モデルではありません。アプリの中だけで動き、費用はかからず、どこにも何も送りません。',
      '',
      'できること：質問に合う文を**あなたの文書**から探し、出典をつけて引用します。ファイルを追加して質問すると、回答の表示、出典の開き方、明細の見え方を試せます。',
      '',
      '本当の回答を得るには、**設定**で API キーか、このコンピューターのモデルを追加してください。',
    ].join('\n'),
    nothingFound: 'この質問に関する記述は、文書の中に見つかりませんでした。',
    notSaid: '見つかった箇所には、この質問の答えがありません。',
    from: (document, page) => (page === null ? `*${document}* より：` : `*${document}* ${page}ページより：`),
    quote: (sentence) => `「${sentence}」`,
  },
};
