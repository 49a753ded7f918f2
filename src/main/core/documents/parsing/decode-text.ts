import { analyse } from 'chardet';
import { AppError } from '../../../../shared/rpc/errors.ts';

/** chardet reads this much; the encoding of a file shows well before. */
const detectionBytes = 64 * 1024;
/** A guess less sure than this (of 100) is no better than the Western default. */
const minConfidence = 20;
const fallbackEncoding = 'windows-1252';
/** Letters, digits, punctuation and white space among characters, above which they are a text; of random ones some 60 % are. */
const minWrittenShare = 0.95;
/** Control characters per character above which bytes are no text. */
const maxControlShare = 0.01;

/**
 * Bytes of a text file as text: by byte order mark, else as strict UTF-8, else as `declaredEncoding` (what the file says
 * of itself), else as what the bytes look like (Shift_JIS, EUC, GB18030, Windows code pages).
 * Throws AppError FILE_UNSUPPORTED when the bytes are not text.
 */
export function decodeText(bytes: Uint8Array, declaredEncoding: string | null = null): string {
  const text = tidyText(decode(bytes, declaredEncoding));
  if (!looksBinary(text)) return text;
  // Japanese in UTF-16 may be without a mark, a space, and a zero byte.
  const wide = bytes.length % 2 === 0 ? encodingOfWideLetters(bytes) : null;
  if (wide === null) throw new AppError('FILE_UNSUPPORTED', 'The bytes are not text.');
  return tidyText(new TextDecoder(wide).decode(bytes));
}

/** Line ends as `\n`, no NUL, no lone surrogates: what SQLite and the search index return as they got it. */
export function tidyText(text: string): string {
  const unified = text.includes('\r') ? text.replaceAll('\r\n', '\n').replaceAll('\r', '\n') : text;
  return (unified.includes('\0') ? unified.replaceAll('\0', '') : unified).toWellFormed();
}

function decode(bytes: Uint8Array, declaredEncoding: string | null): string {
  const marked = encodingOfMark(bytes);
  if (marked !== null) return new TextDecoder(marked).decode(bytes);
  const hasZeros = bytes.includes(0);
  const wide = encodingOfWideText(bytes) ?? (hasZeros && tryDecode(bytes, 'utf-8') === null ? encodingOfWideLetters(bytes) : null);
  if (wide !== null) return new TextDecoder(wide).decode(bytes);
  if (hasJapaneseShift(bytes)) return new TextDecoder('iso-2022-jp').decode(bytes);
  if (hasZeros) throw new AppError('FILE_UNSUPPORTED', 'The bytes are not text.');
  return (
    tryDecode(bytes, 'utf-8') ??
    (declaredEncoding === null ? null : tryDecode(bytes, declaredEncoding)) ??
    tryDecode(bytes, likelyEncoding(bytes)) ??
    new TextDecoder(fallbackEncoding).decode(bytes)
  );
}

function encodingOfMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** UTF-16 without a mark: in most scripts one byte of each pair of white space or Latin letters is 0, always the same one. */
function encodingOfWideText(bytes: Uint8Array): string | null {
  const length = Math.min(bytes.length, detectionBytes) & ~1;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let index = 0; index < length; index += 2) {
    if (bytes[index] === 0) evenZeros += 1;
    if (bytes[index + 1] === 0) oddZeros += 1;
  }
  if (oddZeros > length / 20 && evenZeros === 0) return 'utf-16le';
  return evenZeros > length / 20 && oddZeros === 0 ? 'utf-16be' : null;
}

/** UTF-16 of a script without spaces has a zero byte only here and there; what else has one is no text, and reads as rubbish. */
function encodingOfWideLetters(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, Math.min(bytes.length, detectionBytes) & ~1);
  const isWritten = (encoding: string): boolean => {
    const text = new TextDecoder(encoding).decode(sample);
    return (text.match(/[\p{L}\p{M}\p{N}\p{P}\p{Z}\s]/gu)?.length ?? 0) > text.length * minWrittenShare;
  };
  return ['utf-16le', 'utf-16be'].find(isWritten) ?? null;
}

/** ISO-2022-JP is ASCII to the eye of everything else: it switches to Japanese by an escape. https://www.rfc-editor.org/rfc/rfc1468 */
function hasJapaneseShift(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, detectionBytes));
  return start.includes('\u001b$B') || start.includes('\u001b$@');
}

function likelyEncoding(bytes: Uint8Array): string {
  const best = analyse(bytes.subarray(0, detectionBytes))[0];
  return best !== undefined && best.confidence >= minConfidence ? best.name : fallbackEncoding;
}

/** null when the bytes are not valid in that encoding, or nobody knows it by that name. */
function tryDecode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function looksBinary(text: string): boolean {
  const sample = text.slice(0, detectionBytes);
  // oxlint-disable-next-line no-control-regex
  const controls = sample.match(/[\u0001-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/g)?.length ?? 0;
  return controls > Math.max(1, sample.length * maxControlShare);
}
