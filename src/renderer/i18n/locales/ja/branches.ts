import type { branches as en } from '../en/branches.ts';
import type { Localized } from '../../localized.ts';

export const branches: Localized<typeof en> = {
  more: 'この回答のその他の操作',
  againWith: '別のモデルで回答し直す…',
  compareWith: '別のモデルと比べる…',
  remove: '削除',
  removeQuestion: '質問を削除',
  removed: '以降のメッセージとともに削除しました。',
  chooseAgain: '別のモデルで回答し直す',
  chooseCompare: '別のモデルと比べる',
  comparison: '並べて表示した二つの回答',
  goOn: 'この回答で続ける',
  isNext: '次の質問はこの回答に続きます',
  stop: '{{model}}を停止',
  compare: '二つのモデルを比べる',
  comparedWith: '{{model}}にも質問',
  beside: 'と {{model}}',
  stopComparing: '{{model}}には質問しない',
};
