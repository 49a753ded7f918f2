/** Hands a text or bytes, whole or in pieces, to the browser to be saved under a name. */
export function saveFile(name: string, text: string | readonly BlobPart[], mediaType: string): void {
  const url = URL.createObjectURL(new Blob(typeof text === 'string' ? [text] : [...text], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken the text by the next task.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

/** Media types of what is exported. */
export const mediaTypes = { csv: 'text/csv;charset=utf-8', json: 'application/json', markdown: 'text/markdown;charset=utf-8' } as const;
