import type { portable as en } from '../en/portable.ts';
import type { Localized } from '../../localized.ts';

export const portable: Localized<typeof en> = {
  export: {
    open: '書き出す…',
    openThis: 'この会話を書き出す',
    copy: 'Markdown としてコピー',
    copyThis: 'この会話を Markdown としてコピー',
    copied: '会話を Markdown としてコピーしました',
    title: '会話を書き出す',
    format: '形式',
    formats: { markdown: 'Markdown', json: 'JSON' },
    hints: {
      markdown: '表示中の分岐を、読みやすい文書にします。画像はファイル名だけが入ります。',
      json: 'すべての分岐を、出典と利用記録ごと保存します。Tally で読み込み直せます。画像はファイル名だけが入ります。',
    },
    withCosts: '費用を含める',
    withCostsHint: '回答ごとの費用と、その合計を書き添えます。',
    save: 'ファイルに保存',
    copyButton: 'コピー',
    untitled: '無題',
    you: 'あなた',
    answer: '回答',
    image: '画像: {{name}}',
    sources: '出典',
    page: '{{page}} ページ',
    cost: '費用',
    total: 'この分岐の費用',
  },
};
