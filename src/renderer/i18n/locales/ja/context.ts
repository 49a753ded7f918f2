import type { context as en } from '../en/context.ts';
import type { Localized } from '../../localized.ts';

export const context: Localized<typeof en> = {
  share: '受け取れる量の {{percent}}',
  unknownWindow: '{{formatted}} トークン（受け取れる量は不明）',
  usedTokens: '{{formatted}} トークン',
  room: '回答に使える残り',
  leftOut_other: 'これより前の {{formatted}} 件は収まらないため送られません。',
};
