import type { ErrorCode } from './error-codes.ts';

/** What happened, then what it means and what to do. One for every error that can reach a person. */
interface ErrorText {
  readonly title: string;
  readonly help: string;
}

/** In English: the window's other languages translate them, the terminal prints them as they are. */
export const errorSentences = {
  INVALID_INPUT: { title: 'That could not be used as it is.', help: 'Check what you entered and try again.' },
  UNKNOWN_ROUTE: { title: 'This window and Tally are of different versions.', help: 'Reload the window, or start Tally again.' },
  INTERNAL: { title: 'Something went wrong inside Tally.', help: 'Your data is kept. Try again; if it happens again, start Tally anew.' },
  CANCELLED: { title: 'It was cancelled.', help: 'Nothing else was changed.' },
  DISCONNECTED: {
    title: 'The connection to Tally was lost.',
    help: 'Tally keeps working in the background. If it does not come back, start it again.',
  },
  TOO_MANY_REQUESTS: { title: 'Too much was asked at once.', help: 'Wait a moment and try again.' },
  NOT_FOUND: { title: 'This is no longer there.', help: 'It may have been removed. Go back and choose another.' },
  CONFLICT: { title: 'Something else is still going on here.', help: 'Wait until it has finished, or stop it, then try again.' },

  NO_MODEL: { title: 'No model has been chosen.', help: 'Choose one below, or add a provider in the settings.' },
  KEY_MISSING: { title: 'This provider has no API key yet.', help: 'Enter the key in the settings; then try again.' },
  KEY_REJECTED: {
    title: 'The provider did not accept the API key.',
    help: 'It may be mistyped, expired or revoked. Replace it in the settings.',
  },
  ACCESS_DENIED: {
    title: 'The provider refused access.',
    help: 'The key works but may not use this model or region. Check its rights with the provider, or choose another model.',
  },
  BASE_URL_INVALID: {
    title: 'The address of the provider cannot be used.',
    help: 'It should look like https://api.example.com/v1. Plain http is only allowed on this computer and your own network.',
  },
  NETWORK_UNREACHABLE: {
    title: 'The provider could not be reached.',
    help: 'Check the internet connection, the proxy and the address. A local model server has to be running.',
  },
  TLS_FAILED: {
    title: 'A secure connection could not be made.',
    help: 'The certificate is not trusted. A company proxy or a wrong clock can be the reason.',
  },
  ENDPOINT_NOT_FOUND: {
    title: 'There is no model service at this address.',
    help: 'Check the base URL in the settings; most of them end in /v1.',
  },
  MODEL_NOT_FOUND: { title: 'The provider does not know this model.', help: 'It may have been renamed or retired. Choose another one.' },
  RATE_LIMITED: {
    title: 'The provider asks us to slow down.',
    help: 'Too many requests or tokens in a short time. Wait a little and try again.',
  },
  QUOTA_EXCEEDED: {
    title: 'The account with the provider has no credit left.',
    help: 'Add credit or raise the limit on the provider’s billing page.',
  },
  CONTEXT_TOO_LONG: {
    title: 'This is too long for the model.',
    help: 'Start a new chat, ask with less text, or choose a model with a larger window.',
  },
  REQUEST_REJECTED: {
    title: 'The provider rejected the request.',
    help: 'The model may not support something it was asked for. Try another model.',
  },
  PARAMETER_REFUSED: {
    title: 'The model does not take one of the parameters set for this chat.',
    help: 'Send it without that one, or change it beside the model.',
  },
  CONTENT_FILTERED: { title: 'The provider’s content filter stopped this.', help: 'Put the question differently, or use another model.' },
  PROVIDER_UNAVAILABLE: { title: 'The provider has a problem right now.', help: 'This is on their side. Try again in a moment.' },

  BUDGET_EXCEEDED: {
    title: 'This would go over a budget you have set, so it was not sent.',
    help: 'Raise the limit under Spend, choose a cheaper model, or wait until the budget begins anew.',
  },
  BUDGET_UNBOUNDED: {
    title: 'The price of this is not known, so no budget can bound it, and it was not sent.',
    help: 'Set a price for the model under Spend, or choose another one.',
  },

  PRICE_LIST_UNREACHABLE: {
    title: 'The price list could not be fetched.',
    help: 'Prices stay as they are. Check the internet connection and the proxy, then try again.',
  },
  PRICE_LIST_INVALID: {
    title: 'What was fetched is not a price list that can be read.',
    help: 'Prices stay as they are. Try again another day, or set prices of your own meanwhile.',
  },

  NOT_A_STREAM: {
    title: 'The reply was not what a model sends.',
    help: 'The address may lead to a web page or a proxy’s sign-in. Check the base URL in the settings.',
  },
  ERROR_REPLY: { title: 'The provider answered with an error.', help: 'Nothing had been written yet. Try again, or choose another model.' },
  STREAM_ERROR: { title: 'The provider reported an error in the middle of the answer.', help: 'What had arrived is kept. Try again.' },
  STREAM_STALLED: {
    title: 'The answer stopped arriving.',
    help: 'Nothing came for a long while, so Tally hung up. What had arrived is kept. Try again.',
  },
  STREAM_TRUNCATED: { title: 'The answer broke off before its end.', help: 'What had arrived is kept. Try again.' },
  REPLY_TOO_LARGE: {
    title: 'The reply was far larger than any answer.',
    help: 'Tally stopped reading it. Check that the address is that of a model service.',
  },
  EMPTY_REPLY: { title: 'The model sent nothing.', help: 'Try again, or choose another model.' },
  OUTPUT_LIMIT: {
    title: 'The answer reached the most tokens it may have.',
    help: 'What had arrived is kept; thinking counts, too. Raise the limit beside the model, or ask for the rest.',
  },
  PROCESS_KILLED: {
    title: 'Tally was closed while this was being written.',
    help: 'What had arrived is kept. Ask again to get the whole answer.',
  },

  SECRETS_LOCKED: { title: 'Your API keys are locked.', help: 'Enter your passphrase in the settings to unlock them.' },
  WRONG_PASSPHRASE: { title: 'This is not the right passphrase.', help: 'Check capital letters and keyboard layout, and try again.' },

  FILE_EMPTY: { title: 'The file is empty.', help: 'There is nothing in it to read.' },
  FILE_TOO_LARGE: { title: 'The file is too large.', help: 'Split it into smaller files and add those.' },
  FILE_UNSUPPORTED: {
    title: 'This kind of file cannot be read.',
    help: 'Tally reads text, Markdown, PDF, Word, PowerPoint, Excel, HTML, CSV, JSON, EPUB and source code.',
  },
  FILE_ENCRYPTED: { title: 'The file is protected by a password.', help: 'Save a copy without the password and add that one.' },
  FILE_DAMAGED: {
    title: 'The file is damaged, or not what its name says.',
    help: 'Open it in its own program, save it again, and add the new copy.',
  },
  FILE_NO_TEXT: {
    title: 'No text was found in the file.',
    help: 'Pictures in it are not read. Run text recognition (OCR) on it first, or add the text in another format.',
  },
  FILE_TOO_COMPLEX: {
    title: 'The file is too complex to read.',
    help: 'It needs too much memory. Split it, or save it in a simpler format such as text.',
  },
  FILE_TIMEOUT: { title: 'Reading the file took too long.', help: 'Split it, or save it in a simpler format such as text.' },
  FILE_ARCHIVE_BOMB: {
    title: 'The file unpacks to an unreasonable size.',
    help: 'It was not opened, for safety. Use it only if you trust where it came from.',
  },
  PAGE_ADDRESS_INVALID: {
    title: 'This is not the address of a web page.',
    help: 'It should look like https://example.com/page, without a name and password.',
  },
  PAGE_ADDRESS_PRIVATE: {
    title: 'This address is on your own computer or network.',
    help: 'Add it only if you know what answers there.',
  },
  PAGE_UNREACHABLE: {
    title: 'The page could not be fetched.',
    help: 'See in a browser whether it is there. A page behind a sign-in can be saved there as HTML and added as a file.',
  },
  IMAGE_UNSUPPORTED: {
    title: 'This is not an image that can be sent.',
    help: 'PNG, JPEG, WebP and GIF can. Save it as one of these, and add that.',
  },
  IMAGE_TOO_LARGE: { title: 'The image is too large.', help: 'Make it smaller, or add only the part that matters.' },
  IMAGE_DAMAGED: { title: 'The image cannot be opened.', help: 'The file may be damaged or cut short. Save it again, and add that.' },
  IMAGE_GONE: { title: 'An image of this question is no longer there.', help: 'Remove it from the question, and add it again.' },
  TOO_MANY_IMAGES: { title: 'That is more images than one question can have.', help: 'Send some of them with the next question.' },
  IMAGES_NOT_TAKEN: {
    title: 'This model takes no images, so the question was not sent.',
    help: 'Choose a model that does, or ask without the images.',
  },
  UPLOAD_INCOMPLETE: { title: 'The file did not arrive whole.', help: 'It may have changed meanwhile. Add it again.' },

  BILL_UNREADABLE: {
    title: 'This file is no bill that Tally can read.',
    help: 'Nothing was changed. Tally reads the exports of OpenAI’s usage page (CSV, or the JSON of its costs and usage APIs) and of OpenRouter’s activity page (CSV). Export it anew and leave it as it is.',
  },
  BILL_TOO_LARGE: {
    title: 'This file is too large for a bill.',
    help: 'Nothing was changed. Export a shorter time, such as one month, and import several files.',
  },

  IMPORT_FILE_INVALID: {
    title: 'This file holds no conversations that can be read.',
    help: 'Choose the zip file or conversations.json of a ChatGPT export, or a JSON file that Tally has exported, as it was downloaded.',
  },
  LIBRARY_FILE_INVALID: {
    title: 'This file holds no prompts and assistants that can be read.',
    help: 'Nothing was changed. Choose a file that Tally has exported, or check what was edited in it.',
  },

  BACKUP_INVALID: {
    title: 'This file is not a backup of Tally, or it is damaged.',
    help: 'Nothing was changed. Choose a file that Tally has saved as a backup, as it was saved.',
  },
  DATABASE_NEWER: { title: 'The data was written by a newer version of Tally.', help: 'Install that version again. Nothing was changed.' },
  DATABASE_DAMAGED: { title: 'The database is damaged.', help: 'Nothing was overwritten. Restore the newest backup from the data folder.' },
  DATA_DIR_READ_ONLY: {
    title: 'Tally may not write to its data folder.',
    help: 'Give yourself write permission, or choose another folder.',
  },
  DATA_DIR_IN_USE: { title: 'Tally is already running with this data folder.', help: 'Use the window that is open, or close it first.' },
  DISK_FULL: { title: 'The disk is full.', help: 'Free some space; what was saved so far is kept.' },
  NODE_TOO_OLD: { title: 'This version of Node is too old for Tally.', help: 'Start Tally with “npm start”, which brings the right one.' },
  PORT_TAKEN: { title: 'Another program uses this port.', help: 'Choose another with --port, or --port 0 for any that is free.' },
} as const satisfies Record<ErrorCode, ErrorText>;
