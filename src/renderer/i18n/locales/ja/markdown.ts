import type { markdown as en } from '../en/markdown.ts';
import type { Localized } from '../../localized.ts';

export const markdown: Localized<typeof en> = {
  showEarlier_other: '前の部分を表示（{{formatted}} 件）',
  note: '脚注 {{number}}',
  notes: '脚注',
  formulaFailed: 'この数式は描画できないため、元の記述を表示しています。',
  foreignHost: 'このアドレスには別の文字体系の文字が含まれています。見た目と実際の行き先が異なる場合があります。',
  diagram: {
    view: '図の表示方法',
    diagram: '図',
    source: 'ソース',
    drawing: '図を描画しています…',
    failed: 'この図は描画できません。元の記述を表示しています。',
    alt: '図。元の記述は上の切り替えで表示できます。',
  },
};
