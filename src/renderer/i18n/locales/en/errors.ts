import { errorSentences } from '../../../../shared/error-sentences.ts';

export const errors = {
  ...errorSentences,
  /** What is known besides, added to the help. */
  more: {
    model: 'Model: {{modelId}}.',
    wait: 'You can try again in {{wait}}.',
    tokens: '{{sent}} tokens were to be sent; the limit is {{limit}}.',
    tokenLimit: 'The limit is {{limit}} tokens.',
    sizeLimit: 'The limit is {{limit}}.',
    providerSays: 'The provider says: “{{detail}}”',
  },
  pageFailed: 'This page could not be shown.',
} as const;
