import type { whatIf as en } from '../en/whatIf.ts';
import type { Localized } from '../../localized.ts';

export const whatIf: Localized<typeof en> = {
  title: 'もしも',
  description:
    '期間内の呼び出しを別のモデルで行っていた場合の費用です。実際に支払った額ではなく、ほかの合計には含まれません。保存もされません。',
  model: '比べるモデル',
  choose: 'モデルを選択',
  search: 'モデルまたはプロバイダーを検索',
  noModel: '該当するモデルはありません。',
  chooseTitle: '比べるモデルを選んでください',
  chooseBody: '期間内のすべての呼び出しを、そのモデルの現在の価格で計算します。このコンピューターの無料モデルやデモの分も含みます。',
  none: 'この期間に、文章を出力した呼び出しはありません。',
  real: '実際の費用',
  whatIf: 'もしもの費用',
  difference: '差額',
  more: '実際より高い',
  less: '実際より安い',
  unsure: '実際の費用の一部が不明なため、計算できません。',
  chart: '実際の費用ともしもの費用',
  described: '実際の費用ともしもの費用（{{unit}}ごと）。同じ数値が表にあります。',
  unit: { day: '日', week: '週', month: '月' },
  by: { day: '日', week: '週', month: '月' },
  table: 'モデル別',
  cells: { day: '日・モデル別', week: '週・モデル別', month: '月・モデル別' },
  save: 'この数値を保存',
  wouldHaveCost: '使っていれば',
  wouldHaveCostTitle: '使っていた場合の費用',
  column: { model: '回答したモデル', input: '入力', output: '出力', real: '実際の費用', whatIf: 'もしもの費用' },
  assumptions: '計算の前提',
  assumed: {
    tokens: '比べるモデルも、回答したモデルと同じトークン数を数え、出力するものとします。',
    cached: '入力のうち同じ量（{{formatted}} トークン）がキャッシュから読まれるものとします。',
    uncached: 'キャッシュの価格がないため、キャッシュから読まれた {{formatted}} トークンも通常の入力として計算します。',
    short: '現在の、短いプロンプト向けの価格です。処理の優先度による違いは含みません。',
    leftOut_other: '埋め込みなど、文章を出力しない {{formatted}} 回の呼び出しは、両方から除いています。',
  },
};
