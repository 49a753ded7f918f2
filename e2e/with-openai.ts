import type { Page } from 'playwright/test';
import { startOpenAiStandIn, type OpenAiStandIn } from './openai-stand-in.ts';
import { testKey } from './pages/first-run.ts';
import type { ScriptedModel } from './scripted-model.ts';

/** For tests in which the model server answers as api.openai.com, whose prices are known for certain. */
export const withOpenAi = {
  openAi: async (
    { model, dataDir }: { readonly model: ScriptedModel; readonly dataDir: string },
    use: (openAi: OpenAiStandIn) => Promise<void>,
  ): Promise<void> => {
    const openAi = await startOpenAiStandIn(model.baseUrl, dataDir);
    await use(openAi);
    openAi.close();
  },
};

/** Gives the first run a key for OpenAI. */
export async function enterKey(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'I have an API key' }).click();
  await page.getByRole('textbox', { name: 'API key' }).fill(testKey);
  await page.getByRole('button', { name: 'Test and continue' }).click();
}
