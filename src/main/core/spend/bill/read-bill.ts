import { gunzipSync } from 'node:zlib';
import { AppError } from '../../../../shared/rpc/errors.ts';
import { parseJson } from '../json-fields.ts';
import type { ParsedBill } from './bill-entry.ts';
import { readCsvBill } from './read-csv-bill.ts';
import { readJsonBill } from './read-json-bill.ts';

/** Largest text of a bill: a year of a busy account, call by call. */
const maxBytes = 32 * 1024 * 1024;
const megabyte = 1024 * 1024;

/** Unpacks the text of a file. Throws AppError BILL_TOO_LARGE or BILL_UNREADABLE. */
export function unpackBill(gzipBase64: string): string {
  try {
    return gunzipSync(Buffer.from(gzipBase64, 'base64'), { maxOutputLength: maxBytes }).toString('utf8');
  } catch (error) {
    const isTooLarge = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    if (isTooLarge) throw new AppError('BILL_TOO_LARGE', 'Too much text.', { data: { limitMegabytes: maxBytes / megabyte } });
    throw new AppError('BILL_UNREADABLE', 'Not packed as the page packs it.');
  }
}

/** Reads an export, whichever of the known ones it is. Throws AppError BILL_UNREADABLE when it is none, or no row of it can be read. */
export function readBill(text: string): ParsedBill {
  const plain = text.replace(/^\uFEFF/u, '');
  const bill = /^\s*[[{]/u.test(plain) ? readJsonBill(parseJson(plain)) : readCsvBill(plain);
  if (bill === null) throw new AppError('BILL_UNREADABLE', 'None of the exports that are known, or no readable row.');
  return bill;
}
