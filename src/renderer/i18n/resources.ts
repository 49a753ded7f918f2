import { asking as askingEn } from './locales/en/asking.ts';
import { bill as billEn } from './locales/en/bill.ts';
import { branches as branchesEn } from './locales/en/branches.ts';
import { budgets as budgetsEn } from './locales/en/budgets.ts';
import { chat as chatEn } from './locales/en/chat.ts';
import { common as commonEn } from './locales/en/common.ts';
import { composer as composerEn } from './locales/en/composer.ts';
import { context as contextEn } from './locales/en/context.ts';
import { documents as documentsEn } from './locales/en/documents.ts';
import { errors as errorsEn } from './locales/en/errors.ts';
import { firstRun as firstRunEn } from './locales/en/firstRun.ts';
import { history as historyEn } from './locales/en/history.ts';
import { images as imagesEn } from './locales/en/images.ts';
import { library as libraryEn } from './locales/en/library.ts';
import { palette as paletteEn } from './locales/en/palette.ts';
import { passages as passagesEn } from './locales/en/passages.ts';
import { markdown as markdownEn } from './locales/en/markdown.ts';
import { portable as portableEn } from './locales/en/portable.ts';
import { prices as pricesEn } from './locales/en/prices.ts';
import { quote as quoteEn } from './locales/en/quote.ts';
import { receipt as receiptEn } from './locales/en/receipt.ts';
import { settings as settingsEn } from './locales/en/settings.ts';
import { shell as shellEn } from './locales/en/shell.ts';
import { spend as spendEn } from './locales/en/spend.ts';
import { whatIf as whatIfEn } from './locales/en/whatIf.ts';
import { asking as askingJa } from './locales/ja/asking.ts';
import { bill as billJa } from './locales/ja/bill.ts';
import { branches as branchesJa } from './locales/ja/branches.ts';
import { budgets as budgetsJa } from './locales/ja/budgets.ts';
import { chat as chatJa } from './locales/ja/chat.ts';
import { common as commonJa } from './locales/ja/common.ts';
import { composer as composerJa } from './locales/ja/composer.ts';
import { context as contextJa } from './locales/ja/context.ts';
import { documents as documentsJa } from './locales/ja/documents.ts';
import { errors as errorsJa } from './locales/ja/errors.ts';
import { firstRun as firstRunJa } from './locales/ja/firstRun.ts';
import { history as historyJa } from './locales/ja/history.ts';
import { images as imagesJa } from './locales/ja/images.ts';
import { library as libraryJa } from './locales/ja/library.ts';
import { palette as paletteJa } from './locales/ja/palette.ts';
import { passages as passagesJa } from './locales/ja/passages.ts';
import { markdown as markdownJa } from './locales/ja/markdown.ts';
import { portable as portableJa } from './locales/ja/portable.ts';
import { prices as pricesJa } from './locales/ja/prices.ts';
import { quote as quoteJa } from './locales/ja/quote.ts';
import { receipt as receiptJa } from './locales/ja/receipt.ts';
import { settings as settingsJa } from './locales/ja/settings.ts';
import { shell as shellJa } from './locales/ja/shell.ts';
import { spend as spendJa } from './locales/ja/spend.ts';
import { whatIf as whatIfJa } from './locales/ja/whatIf.ts';
import type { Localized } from './localized.ts';

/** English texts by namespace; the shape every other language is checked against. */
export const en = {
  asking: askingEn,
  bill: billEn,
  branches: branchesEn,
  budgets: budgetsEn,
  chat: chatEn,
  common: commonEn,
  composer: composerEn,
  context: contextEn,
  documents: documentsEn,
  errors: errorsEn,
  firstRun: firstRunEn,
  history: historyEn,
  images: imagesEn,
  library: libraryEn,
  palette: paletteEn,
  passages: passagesEn,
  markdown: markdownEn,
  portable: portableEn,
  prices: pricesEn,
  quote: quoteEn,
  receipt: receiptEn,
  settings: settingsEn,
  shell: shellEn,
  spend: spendEn,
  whatIf: whatIfEn,
};

/** Japanese texts by namespace. A missing text does not compile. */
export const ja: Localized<typeof en> = {
  asking: askingJa,
  bill: billJa,
  branches: branchesJa,
  budgets: budgetsJa,
  chat: chatJa,
  common: commonJa,
  composer: composerJa,
  context: contextJa,
  documents: documentsJa,
  errors: errorsJa,
  firstRun: firstRunJa,
  history: historyJa,
  images: imagesJa,
  library: libraryJa,
  palette: paletteJa,
  passages: passagesJa,
  markdown: markdownJa,
  portable: portableJa,
  prices: pricesJa,
  quote: quoteJa,
  receipt: receiptJa,
  settings: settingsJa,
  shell: shellJa,
  spend: spendJa,
  whatIf: whatIfJa,
};
