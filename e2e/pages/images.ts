import type { Locator, Page } from 'playwright/test';

/** A file as it is picked, pasted or dropped. */
export interface GivenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** What a person does with the images of a question. */
export function imagesOf(page: Page) {
  const toSend = page.getByRole('list', { name: 'Images to send' });
  const enlarged = page.getByRole('dialog').filter({ has: page.getByRole('img', { name: /^Image: / }) });

  /** A script that puts into `data` what the system hands over. */
  function transferOf(files: readonly GivenFile[]): string {
    const given = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') }));
    return `
      const data = new DataTransfer();
      for (const { name, mimeType, base64 } of ${JSON.stringify(given)}) {
        data.items.add(new File([Uint8Array.fromBase64(base64)], name, { type: mimeType }));
      }`;
  }
  return {
    toSend,
    /** One that is to be sent, with what stands beside it. */
    waiting: (name: string): Locator => toSend.getByRole('listitem').filter({ hasText: name }),
    /** Those of a question that was asked. */
    of: (question: Locator): Locator => question.getByRole('list', { name: 'Images of this question' }).getByRole('img'),
    enlarged,
    async pick(...files: GivenFile[]): Promise<void> {
      const chooser = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Add images or documents' }).click();
      await (await chooser).setFiles(files);
    },
    /** Pastes into what has the focus. */
    async paste(...files: GivenFile[]): Promise<void> {
      await page.evaluate(`{
        ${transferOf(files)}
        document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
      }`);
    },
    /** Drags files over the messages and lets them go there, or over `target`. */
    async drop(
      files: readonly GivenFile[],
      target: Locator = page.getByRole('region', { name: 'Chat' }).locator('textarea').last(),
    ): Promise<void> {
      const dataTransfer = await page.evaluateHandle(`{ ${transferOf(files)} data; }`);
      for (const type of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(type, { dataTransfer });
    },
  };
}
