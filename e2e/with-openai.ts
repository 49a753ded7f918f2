import type { Page } from 'playwright/test';
import { test as base } from './fixtures.ts';
import { startOpenAiStandIn, type OpenAiStandIn } from './openai-stand-in.ts';
import { testKey } from './pages/first-run.ts';

/** Tests for which the model server answers as api.openai.com, whose prices are known for certain. */
export const test = base.extend<{ openAi: OpenAiStandIn }>({
  openAi: async ({ model, dataDir }, use) => {
    const openAi = await startOpenAiStandIn(model.baseUrl, dataDir);
    await use(openAi);
    openAi.close();
  },
});

/** Gives the first run a key for OpenAI. */
export async function enterKey(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'I have an API key' }).click();
  await page.getByRole('textbox', { name: 'API key' }).fill(testKey);
  await page.getByRole('button', { name: 'Test and continue' }).click();
}
