import type { common as en } from '../en/common.ts';
import type { Localized } from '../../localized.ts';

export const common: Localized<typeof en> = {
  close: '閉じる',
  cancel: 'キャンセル',
  save: '保存',
  add: '追加',
  edit: '編集',
  remove: '削除',
  retry: 'もう一度試す',
  undo: '元に戻す',
  copied: 'コピーしました',
  loading: '読み込み中…',
  openSettings: '設定を開く',
  none: 'なし',
  amount: {
    noPrice: '価格不明',
    free: '無料',
    about: '約 {{money}}',
    atLeast: '{{money}} 以上',
    noCalls: 'まだ費用はかかっていません',
    perMillion: '{{money}} / 100万',
  },
  exactness: {
    exact: '正確な額です。プロバイダーが数えたトークン数と公表価格から計算しました。',
    reported: '正確な額です。プロバイダー自身が報告した金額です。',
    estimated: '概算です。トークンをTallyが数えたか、価格をモデルの開発元の公表価格とみなしています。',
    assumedPrice:
      '概算です。トークン数はプロバイダーの値ですが、このサービス自身の価格が分からないため、モデルの開発元の公表価格で計算しました。',
    lower_bound: '少なくともこの額です。非公開の推論や、停止した回答の残りなど、確認できない課金分があります。',
    no_price: 'トークン数は分かっていますが、このモデルの価格が分かりません。',
    free: 'このコンピューターで動くモデル、またはデモです。費用はかかりません。',
  },
  total: {
    calls_other: '{{formatted}} 回の呼び出し',
    estimated: '概算 {{formatted}} 回',
    lowerBound: '下限のみ {{formatted}} 回',
    noPrice: '価格不明 {{formatted}} 回',
    free: '無料 {{formatted}} 回',
    allExact: 'すべて正確',
    noneExact: '概算',
    exactShare: '{{percent}} は正確',
  },
  purpose: {
    answer: '回答',
    condense: '質問の書き換え',
    query_embedding: '質問のベクトル化',
    index_embedding: '文書の索引作成',
    title: 'タイトル',
  },
  outcome: {
    done: '完了',
    stopped: '停止',
    failed: '失敗',
    interrupted: '途中で切断',
  },
  environment: {
    title: 'このコンピューターにAPIキーが見つかりました',
    body: 'Tallyを起動した環境に OPENAI_API_KEY が設定されています。許可するまで使いません。',
    bodyWithUrl: 'Tallyを起動した環境に、{{baseUrl}} 用の OPENAI_API_KEY が設定されています。許可するまで使いません。',
    use: 'このキーを使う',
  },
};
