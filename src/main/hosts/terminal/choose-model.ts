import type { ModelRef } from '../../../shared/contract/chat.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { RpcClient } from '../../../shared/rpc/client.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { AskArguments } from './parse-arguments.ts';

type Client = RpcClient<AppContract>;

/** A model, and a line for the terminal when it was not simply the one chosen in Tally. */
export interface ChosenModel {
  readonly model: ModelRef;
  readonly remark: string | null;
}

/**
 * Which model answers: the demo when asked for; else the environment's OPENAI_API_KEY or OPENAI_BASE_URL, which whoever
 * types the command has set for it; else the one chosen in Tally. Throws AppError NO_MODEL.
 */
export async function chooseModel(client: Client, wanted: Pick<AskArguments, 'demo' | 'modelId'>): Promise<ChosenModel> {
  if (wanted.demo) return chooseDemo(client);
  const offer = await client.call('providers.environmentOffer');
  if (offer.hasKey || offer.baseUrl !== null) {
    const provider = await client.call('providers.importEnvironment');
    const modelId = wanted.modelId ?? (await firstChatModel(client, provider.id));
    return { model: { providerId: provider.id, modelId }, remark: `Using ${provider.baseUrl} from the environment.` };
  }
  const { defaultModel } = await client.call('settings.get');
  if (defaultModel === null) throw new AppError('NO_MODEL', 'No model is chosen and the environment names none.');
  return { model: { providerId: defaultModel.providerId, modelId: wanted.modelId ?? defaultModel.modelId }, remark: null };
}

async function chooseDemo(client: Client): Promise<ChosenModel> {
  const { providers } = await client.call('providers.list');
  const demo = providers.find((provider) => provider.kind === 'demo');
  if (demo === undefined) throw new AppError('NO_MODEL', 'The demo model is missing.');
  const model = { providerId: demo.id, modelId: await firstChatModel(client, demo.id) };
  return { model, remark: 'Demo model: answers are picked from the documents, nothing is sent anywhere, and nothing costs.' };
}

async function firstChatModel(client: Client, providerId: string): Promise<string> {
  const { models } = await client.call('providers.models', { providerId });
  const first = models.find((model) => model.kind === 'chat');
  if (first === undefined) throw new AppError('NO_MODEL', 'The provider lists no chat model.');
  return first.id;
}
