import type { Page } from 'playwright/test';

/** The key the tests give to their model servers. */
export const testKey = 'sk-test-0123456789abcdef';

/** Fills the door "I have an API key" for the given server, as an OpenAI-compatible service, and tests it. */
export async function testKeyAt(page: Page, baseUrl: string, key: string = testKey): Promise<void> {
  await page.getByRole('button', { name: 'I have an API key' }).click();
  await page.getByRole('combobox', { name: 'Service' }).click();
  await page.getByRole('option', { name: 'OpenAI-compatible' }).click();
  await page.getByRole('textbox', { name: 'Base URL' }).fill(baseUrl);
  await page.getByRole('textbox', { name: /^API key/ }).fill(key);
  await page.getByRole('button', { name: 'Test and continue' }).click();
}

/** Goes through the door "I have an API key" to the first chat. */
export async function connectWithKey(page: Page, baseUrl: string, model: string): Promise<void> {
  await testKeyAt(page, baseUrl);
  await page.getByRole('combobox', { name: 'Model' }).click();
  await page.getByRole('option', { name: new RegExp(`^${model}(?![\\w-])`) }).click();
  await page.getByRole('button', { name: 'Start chatting' }).click();
}

/** Takes the key that was found in the environment, and the model that is suggested. */
export async function acceptOfferedKey(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Use this key' }).click();
  await page.getByRole('button', { name: 'Start chatting' }).click();
  await page.getByRole('textbox', { name: 'Your question' }).waitFor();
}
