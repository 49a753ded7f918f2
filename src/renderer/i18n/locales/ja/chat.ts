import type { chat as en } from '../en/chat.ts';
import type { Localized } from '../../localized.ts';

export const chat: Localized<typeof en> = {};
