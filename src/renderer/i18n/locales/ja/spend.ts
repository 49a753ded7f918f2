import type { spend as en } from '../en/spend.ts';
import type { Localized } from '../../localized.ts';

export const spend: Localized<typeof en> = {};
