import type { history as en } from '../en/history.ts';
import type { Localized } from '../../localized.ts';

export const history: Localized<typeof en> = {
  name: '会話',
  untitled: '無題',
  empty: '会話がここに一覧表示されます。費用も会話ごとに確認できます。',
  order: { label: '並び順: {{order}}', newest: '新しい順', dearest: '費用の高い順', title: 'タイトル順' },
  group: {
    today: '今日',
    yesterday: '昨日',
    week: '過去 7 日間',
    month: '過去 30 日間',
    older: 'それ以前',
  },
  actionsFor: '「{{title}}」の操作',
  title: 'タイトル',
  rename: '名前を変更',
  delete: '削除',
  deleted: '「{{title}}」を削除しました',
  deletedHelp: 'かかった費用は利用額に残ります。',
};
