import type { context as en } from '../en/context.ts';
import type { Localized } from '../../localized.ts';

export const context: Localized<typeof en> = {
  share: '受け取れる量の {{percent}}',
  unknownWindow: '{{formatted}} トークン（受け取れる量は不明）',
  usedTokens: '{{formatted}} トークン',
  room: '回答に使える残り',
  leftOutChosen_other: 'これより前の {{formatted}} 件は、{{turns}}設定のため送られません。',
  lastTurns_other: '直近 {{formatted}} 往復だけを送る',
  noTurns: '質問だけを送る',
  unseenImages: '選択中のモデルは画像に対応していないため、画像の代わりに「[image]」という文字が送られます。',
  leftOut_other: 'これより前の {{formatted}} 件は収まらないため送られません。',
  advice: {
    name: 'これまでのメッセージの要約',
    windowFull: 'モデルが受け取れる量が残り少なくなっています。',
    cost_other:
      '今後は 1 往復ごとに <now/> かかります。最初の {{formatted}} 件を要約すると、要約に <summary/> かかり、その後は 1 往復 <after/> になります。',
    tokens_other:
      '今後は 1 往復ごとに {{now}} トークンを送ります。最初の {{formatted}} 件を要約すると、要約に一度だけ {{once}} トークンを使い、その後は 1 往復 {{after}} トークンになります。',
    make: '要約する',
    makeOnce: '今回だけ要約する',
    makeHint: '元のメッセージは残り、いつでも送信に戻せます。',
    dismiss: '今はしない',
    writing: 'これまでのメッセージを要約しています…',
    failed: 'これまでのメッセージを要約できませんでした。',
    stop: '停止',
  },
  summary: {
    used: 'ここまでを要約済み',
    unused: 'ここまでの要約あり（未使用）',
    read: '読む',
    edit: '編集',
    remove: '削除',
    removed: '要約を削除しました。元のメッセージが送られます。',
    useMessages: '元のメッセージを送る',
    useSummary: '要約を送る',
    title_other: '最初の {{formatted}} 件の要約',
    by: '{{model}} が {{date}} に作成',
    byEdited: '{{model}} が作成し、{{date}} に編集',
    inPlace: '元のメッセージの代わりに送られます。元のメッセージは会話に残ります。',
    notInPlace: '今は送られず、元のメッセージが送られます。',
    field: '要約の本文',
  },
};
