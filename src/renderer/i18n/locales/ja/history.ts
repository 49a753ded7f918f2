import type { history as en } from '../en/history.ts';
import type { Localized } from '../../localized.ts';

export const history: Localized<typeof en> = {};
