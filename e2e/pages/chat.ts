import { expect, type Locator, type Page } from 'playwright/test';

/** What a person does on the chat page. */
export function chatPage(page: Page) {
  const composer = page.getByRole('textbox', { name: 'Your question' });
  const answers = page.getByRole('article', { name: 'Answer' });
  return {
    composer,
    answers,
    lastAnswer: (): Locator => answers.last(),
    async send(text: string): Promise<void> {
      await composer.fill(text);
      await composer.press('Enter');
    },
    /** Waits until the newest answer has its receipt: it is finished then. */
    async answered(): Promise<Locator> {
      await expect(answers.last().getByRole('button', { name: /Open the receipt/ })).toBeVisible();
      return answers.last();
    },
    stop: page.getByRole('button', { name: 'Stop' }),
  };
}
