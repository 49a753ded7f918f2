import type { BranchEntry } from '../../../shared/contract/conversations.ts';

/**
 * About how high a message will be before it has been drawn, in pixels at the list's full width: lines of running text of
 * 25 px, and what stands around them. UTF-8 serves as a measure of width: a Japanese character takes three bytes and
 * about two Latin ones' room.
 */
export function estimateHeight({ role, sizeBytes }: BranchEntry): number {
  if (role === 'user') return 50 + 25 * Math.ceil(sizeBytes / 75);
  return 70 + 25 * Math.ceil(sizeBytes / 85);
}
