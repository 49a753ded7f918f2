/** The longest name a file gets of a title, in characters. */
const maxNameLength = 60;

/** A title as the name of a file, without what file systems refuse; `otherwise` where nothing is left of it. */
export function fileNameOf(title: string, otherwise: string): string {
  const plain = title
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\\/:*?"<>|]+/gu, ' ')
    .replaceAll(/\s+/gu, ' ');
  const name = Array.from(plain.replaceAll(/^[ .]+|[ .]+$/gu, ''))
    .slice(0, maxNameLength)
    .join('')
    .trimEnd();
  return name === '' ? otherwise : name;
}
