import type { firstRun as en } from '../en/firstRun.ts';
import type { Localized } from '../../localized.ts';

export const firstRun: Localized<typeof en> = {};
