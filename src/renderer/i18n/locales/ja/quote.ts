import type { quote as en } from '../en/quote.ts';
import type { Localized } from '../../localized.ts';

export const quote: Localized<typeof en> = {
  send: 'この送信',
  thenAnswer: '回答は別途',
  answerUpTo: '回答は最大',
  answerLimit: '回答（最大）',
  title: 'この送信の内訳',
  titleEmpty: '次の質問と一緒に送られるもの',
  ofWindow: '{{formatted}} トークン中 {{used}}',
  part: '項目',
  tokens: 'トークン',
  cost: '費用',
  share: '割合',
  total: '入力の合計',
  kind: {
    instructions: '指示',
    summary: 'これまでのメッセージの要約',
    history: 'これまでのメッセージ',
    attachment_other: '画像 {{count}} 枚（概算）',
    passages: '文書の該当箇所',
    text: '入力した文章',
    overhead: 'チャット形式の付加分',
    condense: '質問の書き換え',
    multi_query: '追加の検索文の作成',
    embedding: '質問のベクトル化',
    rerank: '該当箇所の並べ替え',
    title: '会話のタイトル付け',
  },
  note: {
    dropped_other:
      '以前のメッセージ {{formatted}} 件は、ほかの内容と回答用に空けておく {{room}} トークンを除いた残りに収まらないため送られません。',
    tooLong: 'モデルが受け取れる量を超えているため、拒否されます。',
    counted: 'このコンピューターで数えた値で、キャッシュによる割引は含みません。回答の費用は別にかかります。',
    calibrated: 'このプロバイダーのこれまでの請求をもとに補正した値で、キャッシュによる割引は含みません。回答の費用は別にかかります。',
    title: 'タイトルは回答からも作られるため、費用はもう少し増えます。',
    searchDiffers: 'ここでは入力した言葉との一致だけで探しました。送信時にはより詳しく検索するため、別の箇所が選ばれることがあります。',
    windowAssumed: 'このモデルが受け取れる量は公表されていないため、{{formatted}} トークンとみなしています。',
    priceAssumed: 'このプロバイダー自身の価格が分からないため、モデルの開発元の公表価格で計算しました。',
  },
};
