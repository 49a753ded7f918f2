import type { ChatOpenAI } from '@langchain/openai';
import type { Fetch } from '../ports.ts';

type Configuration = NonNullable<NonNullable<ConstructorParameters<typeof ChatOpenAI>[0]>['configuration']>;

/** The openai package refuses to work without a key. The real one joins in `keyedFetch`; this one never leaves. */
export const noKey = 'no-key';

/**
 * What every client of the openai package is built with. Everything the package would otherwise take from the
 * environment (organization, project, log level) is set, so that a shell's settings for OpenAI reach no other provider.
 */
export function clientConfiguration(baseURL: string, fetch: Fetch): Configuration {
  return { baseURL, fetch, organization: null, project: null, adminAPIKey: null, webhookSecret: null, logLevel: 'off' };
}
