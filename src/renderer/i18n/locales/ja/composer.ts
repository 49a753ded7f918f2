import type { composer as en } from '../en/composer.ts';
import type { Localized } from '../../localized.ts';

export const composer: Localized<typeof en> = {
  label: '質問',
  scope: {
    name: 'この質問だけの検索対象',
    remove: '{{name}} を検索対象から外す',
    askedIn: '検索対象：{{names}}',
    and: '、',
    gone_other: '削除された {{count}} 件',
  },
  suggest: {
    prompts: 'プロンプト',
    places: '検索する対象',
    document: '文書',
    collection: 'コレクション',
    noPrompts: 'プロンプトはまだありません。',
    noPlaces: '文書はまだありません。ファイルをここにドロップすると追加できます。',
    count_other: '候補 {{count}} 件。矢印キーで選び、Enter で決定します。',
  },
  fill: {
    name: '{{name}} を入力してください',
    next: '次へ',
    end: 'そのままにする',
  },
};
