import type { settings as en } from '../en/settings.ts';
import type { Localized } from '../../localized.ts';

export const settings: Localized<typeof en> = {};
