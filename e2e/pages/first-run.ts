import type { Page } from 'playwright/test';

/** Goes through the door "I have an API key" to the first chat, with the given server as an OpenAI-compatible service. */
export async function connectWithKey(page: Page, baseUrl: string, model: string): Promise<void> {
  await page.getByRole('button', { name: 'I have an API key' }).click();
  await page.getByRole('combobox', { name: 'Service' }).click();
  await page.getByRole('option', { name: 'OpenAI-compatible' }).click();
  await page.getByRole('textbox', { name: 'Base URL' }).fill(baseUrl);
  await page.getByRole('textbox', { name: /^API key/ }).fill('sk-test-0123456789abcdef');
  await page.getByRole('button', { name: 'Test and continue' }).click();
  await page.getByRole('combobox', { name: 'Model' }).click();
  await page.getByRole('option', { name: new RegExp(`^${model}\\b`) }).click();
  await page.getByRole('button', { name: 'Start chatting' }).click();
}
