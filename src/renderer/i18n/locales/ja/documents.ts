import type { documents as en } from '../en/documents.ts';
import type { Localized } from '../../localized.ts';

export const documents: Localized<typeof en> = {};
