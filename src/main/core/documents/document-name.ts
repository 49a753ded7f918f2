const maxNameChars = 1_000;

/**
 * A name as it is shown: control characters and marks that turn the writing direction (which can make `fdp.exe` of
 * `exe.pdf`) are dropped, and of a path only its proper steps are kept, joined by `/`. It never names a file on disk.
 */
export function cleanDocumentName(name: string): string {
  const steps = name
    .toWellFormed()
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .split(/[/\\]/)
    .map((step) => step.trim())
    .filter((step) => step !== '' && step !== '.' && step !== '..');
  return steps.join('/').slice(0, maxNameChars).toWellFormed() || 'unnamed';
}

/** The name with the first free number before its ending: `notes (2).md`. */
export function numberedName(name: string, isTaken: (name: string) => boolean): string {
  const dot = name.lastIndexOf('.');
  // What begins with a dot has no ending.
  const end = dot > name.lastIndexOf('/') + 1 ? dot : name.length;
  for (let number = 2; ; number += 1) {
    const numbered = `${name.slice(0, end)} (${number})${name.slice(end)}`;
    if (!isTaken(numbered)) return numbered;
  }
}

/** The name the reader goes by: what is known to be a web page is read as one, whatever its address ends in. */
export function parsedName(document: { readonly name: string; readonly media_type: string }): string {
  return document.media_type === 'text/html' ? `${document.name}.html` : document.name;
}
