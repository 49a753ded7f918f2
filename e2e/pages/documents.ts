import type { Locator, Page } from 'playwright/test';

/** A file as it is handed to a file dialog. */
export interface SampleFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** What a person does on the page of documents. */
export function documentsPage(page: Page) {
  return {
    row: (name: string): Locator => page.getByRole('row').filter({ has: page.getByTitle(name, { exact: true }) }),
    /** The file's line, be it a document or one that did not become any. */
    anywhere: (name: string): Locator => page.locator('main :is(tr, li)').filter({ has: page.getByTitle(name, { exact: true }) }),
    async act(name: string, action: string): Promise<void> {
      await page.getByRole('button', { name: `Actions for ${name}` }).click();
      await page.getByRole('menuitem', { name: action }).click();
    },
    async add(...files: SampleFile[]): Promise<void> {
      const dialog = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Add files' }).first().click();
      await (await dialog).setFiles(files);
    },
    /** Opens the dialog for a web page, with an address; returns the dialog. */
    async typePageAddress(address: string): Promise<Locator> {
      await page.getByRole('button', { name: 'Add a web page' }).first().click();
      const dialog = page.getByRole('dialog', { name: 'Add a web page' });
      await dialog.getByRole('textbox', { name: 'Address' }).fill(address);
      return dialog;
    },
    /** Through the dialog of browsers that have none for folders alone; Playwright can answer no other. */
    async addFolder(folder: string): Promise<void> {
      await page.evaluate('delete Window.prototype.showDirectoryPicker; delete window.showDirectoryPicker');
      const dialog = page.waitForEvent('filechooser');
      await this.openFolderDialog();
      await (await dialog).setFiles(folder);
    },
    /** Has Chromium's own dialog for folders answered with one that the browser itself keeps: Playwright cannot answer it. */
    async answerFolderDialog(name: string, files: readonly { readonly path: string; readonly text: string }[]): Promise<void> {
      await page.evaluate(`(async (name, files) => {
        const root = await navigator.storage.getDirectory();
        const folder = await root.getDirectoryHandle(name, { create: true });
        for (const { path, text } of files) {
          const steps = path.split('/');
          let parent = folder;
          for (const step of steps.slice(0, -1)) parent = await parent.getDirectoryHandle(step, { create: true });
          const writable = await (await parent.getFileHandle(steps.at(-1), { create: true })).createWritable();
          await writable.write(text);
          await writable.close();
        }
        window.showDirectoryPicker = async () => folder;
      })(${JSON.stringify(name)}, ${JSON.stringify(files)})`);
    },
    async openFolderDialog(): Promise<void> {
      await page.getByRole('button', { name: 'Add folder' }).first().click();
    },
  };
}
