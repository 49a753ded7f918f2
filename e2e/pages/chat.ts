import { expect, type Locator, type Page } from 'playwright/test';

/** What a person does on the chat page. */
export function chatPage(page: Page) {
  const composer = page.getByRole('textbox', { name: 'Your question' });
  const answers = page.getByRole('article', { name: 'Answer' });
  const receiptButton = answers.last().getByRole('button', { name: /Open the receipt/ });
  return {
    composer,
    answers,
    questions: page.getByRole('article', { name: 'Your question' }),
    lastAnswer: (): Locator => answers.last(),
    receiptButton,
    /** The conversation's name above its messages. */
    title: (name: string): Locator => page.getByRole('heading', { level: 1, name }),
    /** What the conversation has cost, above its messages. */
    total: page.getByText('Cost of this conversation:').locator('..'),
    /** What the open branch has cost, where there are others. */
    branchTotal: page.getByText('This branch:'),
    stop: page.getByRole('button', { name: 'Stop' }),
    async chooseModel(name: string): Promise<void> {
      await page.getByRole('button', { name: /^Model: / }).click();
      await page.getByRole('combobox', { name: 'Search models' }).fill(name);
      await page.getByRole('option', { name: new RegExp(`^${name}(?![\\w-])`) }).click();
    },
    async send(text: string): Promise<void> {
      await composer.fill(text);
      await composer.press('Enter');
    },
    /** Waits until the newest answer has its receipt: it is finished then. */
    async answered(): Promise<Locator> {
      await expect(receiptButton).toBeVisible();
      return answers.last();
    },
    openReceipt: () => receiptButton.click(),
  };
}
