import type { common as en } from '../en/common.ts';
import type { Localized } from '../../localized.ts';

export const common: Localized<typeof en> = {};
