import type { images as en } from '../en/images.ts';
import type { Localized } from '../../localized.ts';

export const images: Localized<typeof en> = {
  toSend: '送信する画像',
  ofQuestion: 'この質問の画像',
  add: '画像を追加',
  alt: '画像：{{name}}',
  enlarge: '{{name}} を拡大',
  remove: '{{name}} を外す',
  pixels: '{{width}} × {{height}} px',
  position: '{{formatted}} 枚中 {{position}} 枚目',
  previous: '前の画像',
  next: '次の画像',
  counted_other: '画像 {{count}} 枚、{{tokens}} トークン（概算）',
  failed: '{{name}}：{{reason}}',
  firstOnly: '{{name}} はアニメーションのため、最初の 1 枚だけが送られます。',
  blind: '{{model}} は画像に対応していません。画像付きの質問はこのモデルには送られません。',
  taken: '画像に対応',
  useInstead: '{{model}} を使う',
  most: '1 回の質問に付けられるのは {{formatted}} 枚までです。',
};
