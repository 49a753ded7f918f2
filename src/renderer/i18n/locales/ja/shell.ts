import type { shell as en } from '../en/shell.ts';
import type { Localized } from '../../localized.ts';

export const shell: Localized<typeof en> = {};
