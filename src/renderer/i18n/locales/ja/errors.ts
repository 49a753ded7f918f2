import type { errors as en } from '../en/errors.ts';
import type { Localized } from '../../localized.ts';

export const errors: Localized<typeof en> = {};
