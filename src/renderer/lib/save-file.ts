/** Hands a text to the browser to be saved under a name. */
export function saveFile(name: string, text: string, mediaType: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken the text by the next task.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
