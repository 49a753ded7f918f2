import { errorSentences } from '../../../../shared/error-sentences.ts';
import { fileReasons } from '../../../../shared/file-reasons.ts';

export const errors = {
  ...errorSentences,
  /** What is known of why; stands in for the help. */
  reason: {
    ...fileReasons,
    refused: 'Nothing answers at this address. If it is a model server on this computer or network, start it; else check the address.',
    dns: 'The name of the server is not known. Check the address and the internet connection.',
    unreachable: 'There is no way to the server. Check the internet connection, VPN and proxy.',
    timeout: 'There was no reply in time. Try again in a moment; check the proxy if it stays so.',
    reset: 'The connection was cut off. Try again.',
    proxy_auth: 'The proxy wants a name and password. Put them into its address in the settings.',
    not_a_url: 'This is not an address. It should look like https://api.example.com/v1.',
    not_http: 'It has to begin with https:// (or http:// on this computer and your own network).',
    has_credentials: 'Leave name and password out of the address and enter the key in its own field.',
    has_query: 'Leave out everything from the question mark on.',
    placeholder: 'Put your own resource’s name into the address.',
    metadata_address: 'This address belongs to the internals of a cloud, where no model runs.',
    insecure_http:
      'Plain http would send your key for all to read. Use https://; http is only allowed on this computer and your own network.',
    redirect: 'The server sends us on to another address. Enter that one, so that your key goes only where you want it.',
    not_json: 'Something answers there, but not a model service. Check the base URL; most of them end in /v1.',
    no_model_list: 'Something answers there, but it gives no list of models. Check the base URL; most of them end in /v1.',
  },
  /** What is known besides, added to the help. */
  more: {
    parameter: {
      temperature: 'It is the temperature.',
      maxOutputTokens: 'It is the limit for the answer.',
      reasoningEffort: 'It is the reasoning effort.',
      serviceTier: 'It is the service tier.',
    },
    model: 'Model: {{model}}.',
    host: 'Address: {{host}}.',
    wait: 'You can try again in {{wait}}.',
    tokens: '{{sent}} tokens were to be sent; the limit is {{limit}}.',
    tokenLimit: 'The limit is {{limit}} tokens.',
    status: 'The server answered with the status {{status}}.',
    sizeLimit: 'The limit is {{limit}}.',
    pageLimit: 'The limit is {{limit}} pages.',
    charLimit: 'The limit is {{limit}} characters.',
    columnLimit: 'The limit is {{limit}} columns.',
    entryLimit: 'The limit is {{limit}} files inside.',
    providerSays: 'The provider says: “{{detail}}”',
  },
} as const;
