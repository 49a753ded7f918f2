import type { Page } from 'playwright/test';
import { animatedGif, cameraName, heldSideways, pngClaiming } from '../tests/sample-files/odd-images.ts';
import { pngDrawing, pngImage } from '../tests/sample-files/png-image.ts';
import type { FakeRequest } from '../tests/fake-openai/fake-request.ts';
import { maxImageBytes } from '../src/shared/image-limits.ts';
import { seededRandom } from '../tests/seeded-random.ts';
import { expect, test } from './fixtures.ts';
import { chatPage } from './pages/chat.ts';
import { imagesOf, type GivenFile } from './pages/images.ts';
import { inspectorOf } from './pages/inspector.ts';
import { quoteOf } from './pages/quote.ts';
import { shellOf } from './pages/shell.ts';
import { modelNames } from './scripted-model.ts';

const png = (name: string, buffer = pngImage(1024, 512)): GivenFile => ({ name, mimeType: 'image/png', buffer });

/** The images of a request's last message, as bytes with what they say they are. */
function imagesIn(request: FakeRequest | undefined): { mediaType: string; bytes: Buffer }[] {
  const { content } = request?.body.messages?.at(-1) ?? {};
  if (!Array.isArray(content)) return [];
  return content.flatMap((part) => {
    const { url = '' } = (part['image_url'] ?? {}) as { url?: string };
    const [, mediaType, base64] = /^data:(image\/[a-z]+);base64,(.*)$/u.exec(url) ?? [];
    return mediaType === undefined || base64 === undefined ? [] : [{ mediaType, bytes: Buffer.from(base64, 'base64') }];
  });
}

/** A photograph, red on the left and blue on the right, as the browser writes it. */
async function photograph(page: Page, width: number, height: number): Promise<Buffer> {
  const base64 = await page.evaluate<string>(`(async () => {
    const canvas = new OffscreenCanvas(${width}, ${height});
    const context = canvas.getContext('2d');
    for (const [index, colour] of ['#f00', '#00f'].entries()) {
      context.fillStyle = colour;
      context.fillRect((index * ${width}) / 2, 0, ${width} / 2, ${height});
    }
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
    return new Uint8Array(await blob.arrayBuffer()).toBase64();
  })()`);
  return Buffer.from(base64, 'base64');
}

/** Width, height, and whether the middle of the upper and of the lower half is more red than blue. */
function lookAt(page: Page, { mediaType, bytes }: { mediaType: string; bytes: Buffer }): Promise<unknown> {
  return page.evaluate(`(async () => {
    const bytes = Uint8Array.fromBase64('${bytes.toString('base64')}');
    const bitmap = await createImageBitmap(new Blob([bytes], { type: '${mediaType}' }));
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const isRed = (share) => {
      const [red, , blue] = context.getImageData(width / 2, Math.floor(height * share), 1, 1).data;
      return red > blue;
    };
    return { width, height, isUpperRed: isRed(0.25), isLowerRed: isRed(0.75) };
  })()`);
}

test('images are picked, pasted and dropped, priced before they are sent, and looked at afterwards', async ({ startConnected, model }) => {
  const { page } = await startConnected();
  const [chat, images, quote, inspector] = [chatPage(page), imagesOf(page), quoteOf(page), inspectorOf(page)];
  await images.pick(png('chart.png'));
  await expect(images.waiting('chart.png')).toContainText('1,024 × 512 px');
  await expect(page.getByText('1 image, 14,167 tokens, estimated · ≈ $')).toBeVisible();
  await chat.composer.focus();
  await images.paste(png('pasted.png', pngImage(300, 200)));
  await expect(images.waiting('pasted.png')).toBeVisible();
  await images.drop([
    png('dropped.png', pngImage(200, 300)),
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Buy rope.') },
  ]);
  await expect(images.waiting('dropped.png')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Documents added just now' })).toContainText('notes.txt');
  await expect(images.toSend.getByRole('listitem')).toHaveCount(3);
  await quote.open();
  await expect(quote.part('3 images, estimated')).toBeVisible();
  await page.keyboard.press('Escape');

  await images
    .waiting('pasted.png')
    .getByRole('button', { name: /^Image: / })
    .press('Delete');
  await expect(images.toSend.getByRole('listitem')).toHaveCount(2);
  await expect(images.waiting('dropped.png').getByRole('button', { name: /^Image: / })).toBeFocused();
  await chat.send('What are these?');
  await chat.answered();
  await expect(images.toSend).toBeHidden();
  const sent = imagesIn(model.requestsOf('answer').at(-1));
  expect(sent.map(({ mediaType }) => mediaType)).toEqual(['image/png', 'image/png']);
  expect(sent.map(({ bytes }) => [bytes.readUInt32BE(16), bytes.readUInt32BE(20)])).toEqual([
    [1024, 512],
    [200, 300],
  ]);
  await chat.openReceipt();
  await expect(inspector.panel.getByText('Image 1, estimated')).toBeVisible();
  await expect(inspector.panel.getByText('Image 2, estimated')).toBeVisible();

  await expect(images.of(chat.questions.last())).toHaveCount(2);
  const [first, second] = [page.getByRole('dialog', { name: 'chart.png' }), page.getByRole('dialog', { name: 'dropped.png' })];
  const opener = chat.questions.last().getByRole('button', { name: 'Enlarge chart.png' });
  await opener.press('Enter');
  await expect(first).toContainText('1,024 × 512 px · 1 of 2');
  await page.keyboard.press('ArrowRight');
  await expect(second).toContainText('200 × 300 px · 2 of 2');
  await page.keyboard.press('ArrowRight');
  await expect(first).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(images.enlarged).toBeHidden();
  await expect(opener).toBeFocused();
});

test('a photograph arrives turned as it was taken, no larger than is of use, and without what its file tells', async ({
  startConnected,
  model,
}) => {
  const { page } = await startConnected();
  const [chat, images] = [chatPage(page), imagesOf(page)];
  const photo = heldSideways(await photograph(page, 3000, 2000));
  expect(photo.includes(cameraName)).toBe(true);
  await images.pick({ name: 'holiday.jpg', mimeType: 'image/jpeg', buffer: photo });
  await expect(images.waiting('holiday.jpg')).toContainText('1,365 × 2,048 px');
  await chat.composer.press('Enter');
  await chat.answered();
  const [sent] = imagesIn(model.requestsOf('answer').at(-1));
  expect(sent?.mediaType).toBe('image/jpeg');
  expect(sent?.bytes.includes(cameraName)).toBe(false);
  expect(sent?.bytes.includes('Exif')).toBe(false);
  if (sent === undefined) throw new Error('No image was sent.');
  expect(await lookAt(page, sent)).toEqual({ width: 1365, height: 2048, isUpperRed: true, isLowerRed: false });
  await expect(chatPage(page).title('holiday.jpg').or(chatPage(page).title('Named by the model'))).toBeVisible();
});

test('a photograph in a large file arrives in a small one, and what shows through still does', async ({ startConnected, model }) => {
  const { page } = await startConnected();
  const [chat, images] = [chatPage(page), imagesOf(page)];
  const random = seededRandom(3);
  const noise = (): number => Math.floor(random() * 256);
  const grainy = pngDrawing(1600, 1200, () => [noise(), noise(), noise()]);
  expect(grainy.length).toBeGreaterThan(maxImageBytes);
  const clear = await page.evaluate<string>(`(async () => {
    const canvas = new OffscreenCanvas(64, 64);
    canvas.getContext('2d').fillRect(0, 0, 32, 64);
    const blob = await canvas.convertToBlob({ type: 'image/webp' });
    return new Uint8Array(await blob.arrayBuffer()).toBase64();
  })()`);
  await images.pick(png('grainy.png', grainy), { name: 'clear.webp', mimeType: 'image/webp', buffer: Buffer.from(clear, 'base64') });
  await chat.composer.press('Enter');
  await chat.answered();
  const [photo, sticker] = imagesIn(model.requestsOf('answer').at(-1));
  expect(photo?.mediaType).toBe('image/jpeg');
  expect(photo?.bytes.length).toBeLessThanOrEqual(maxImageBytes);
  expect(sticker?.mediaType).toBe('image/png');
  const alphas = await page.evaluate<number[]>(`(async () => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.fromBase64('${sticker?.bytes.toString('base64')}')]));
    const context = new OffscreenCanvas(64, 64).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    return [10, 50].map((x) => context.getImageData(x, 10, 1, 1).data[3]);
  })()`);
  expect(alphas).toEqual([255, 0]);
});

test('what is no image, broken, too large or too many is said in a sentence, and the rest stays', async ({ startConnected, model }) => {
  const { page } = await startConnected();
  const [chat, images, shell] = [chatPage(page), imagesOf(page), shellOf(page)];
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="globalThis.wasAttacked=true"><image href="http://127.0.0.1:9/x"/></svg>';
  const whole = await photograph(page, 300, 200);
  const broken: [GivenFile, string][] = [
    [png('drawing.png', Buffer.from(svg)), 'drawing.png: This is not an image that can be sent.'],
    [png('page.png', Buffer.from('<!doctype html><script>wasAttacked=true</script>')), 'page.png: This is not an image that can be sent.'],
    [{ name: 'drawing.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(svg) }, 'drawing.svg: This is not an image that can be sent.'],
    [png('huge.png', pngClaiming(30_000, 30_000)), 'huge.png: The image is too large.'],
    [png('empty.png', Buffer.alloc(0)), 'empty.png: The image cannot be opened.'],
    [{ name: 'torn.jpg', mimeType: 'image/jpeg', buffer: whole.subarray(0, whole.length / 2) }, 'torn.jpg: The image cannot be opened.'],
  ];
  for (const [file, sentence] of broken) {
    await images.pick(file);
    await expect(shell.notice(sentence)).toBeVisible();
    await expect(images.toSend).toBeHidden();
  }
  await images.pick({ name: 'moving.gif', mimeType: 'image/gif', buffer: animatedGif() });
  await expect(shell.notice('Only the first picture of moving.gif goes along, not the animation.')).toBeVisible();
  await expect(images.waiting('moving.gif')).toContainText('1 × 1 px');
  await images.drop(Array.from({ length: 11 }, (_, index) => png(`${index + 1}.png`, pngImage(index + 1, 1))));
  await expect(shell.notice('That is more images than one question can have.')).toContainText('A question can have up to 10.');
  await expect(images.toSend.getByRole('listitem')).toHaveCount(10);
  await expect(images.waiting('9.png')).toBeVisible();
  expect(await page.evaluate('globalThis.wasAttacked')).toBeUndefined();
  await chat.composer.press('Enter');
  await chat.answered();
  expect(imagesIn(model.requestsOf('answer').at(-1))).toHaveLength(10);
  expect(fetched.filter((url) => !url.startsWith('data:') && new URL(url).origin !== new URL(page.url()).origin)).toEqual([]);
});

test('a question keeps its images when it is edited, loses and gains some, and what is not sent survives a reload and a restart', async ({
  startConnected,
  startTally,
  model,
}) => {
  const first = await startConnected();
  const [chat, images] = [chatPage(first.page), imagesOf(first.page)];
  await images.pick(png('old.png', pngImage(50, 50)), png('kept.png', pngImage(60, 60)));
  await expect(images.toSend.getByRole('img')).toHaveCount(2);
  await chat.send('What are these?');
  await chat.answered();
  await chat.questions.last().getByRole('button', { name: 'Edit question' }).click();
  const editor = first.page.getByRole('textbox', { name: 'Edit question' });
  await first.page.getByRole('button', { name: 'Remove old.png' }).click();
  await editor.focus();
  await images.paste(png('new.png', pngImage(70, 70)));
  await images.drop([png('newer.png', pngImage(80, 80))], editor);
  await expect(images.waiting('newer.png')).toBeVisible();
  await editor.press('Enter');
  await expect(chat.questions.last()).toContainText('2/2');
  await chat.answered();
  await expect(images.of(chat.questions.last())).toHaveCount(3);
  const widths = imagesIn(model.requestsOf('answer').at(-1)).map(({ bytes }) => bytes.readUInt32BE(16));
  expect(widths).toEqual([60, 70, 80]);

  await images.pick(png('draft.png'));
  await expect(images.waiting('draft.png').getByRole('img')).toBeVisible();
  await first.page.reload();
  await expect(images.waiting('draft.png').getByRole('img')).toHaveAttribute('src', /^data:image\/png;base64,/);
  await first.close();
  const { page } = await startTally();
  await page.getByRole('link', { name: 'Named by the model' }).click();
  await expect(imagesOf(page).waiting('draft.png')).toContainText('1,024 × 512 px');
});

test.describe('with a model that sees nothing', () => {
  test.use({ modelOptions: { models: [...modelNames, 'gpt-3.5-turbo'] } });

  test('it is said before and after, another is a click away, and two can be compared', async ({ startConnected, model }) => {
    const { page } = await startConnected();
    const [chat, images] = [chatPage(page), imagesOf(page)];
    const notice = page.getByText('gpt-3.5-turbo cannot see images. A question with images is not sent to it.');
    await chat.chooseModel('gpt-3.5-turbo');
    await images.pick(png('chart.png'));
    await expect(notice).toBeVisible();
    await chat.send('What is this?');
    await expect(chat.lastAnswer()).toContainText('This model takes no images, so the question was not sent.');
    expect(model.requestsOf('answer')).toHaveLength(0);
    await expect(notice).toBeHidden();

    await images.pick(png('again.png', pngImage(90, 90)));
    await page.getByRole('button', { name: 'Use gpt-4o-mini' }).click();
    const unseen = page.getByText('The chosen model cannot see these images. It reads “[image]” in their place.');
    await expect(unseen).toBeHidden();
    await chat.chooseModel('gpt-3.5-turbo');
    await expect(unseen).toBeVisible();
    await page.getByRole('button', { name: 'Use gpt-4o-mini' }).click();
    await expect(notice).toBeHidden();
    await page.getByRole('button', { name: 'Compare two models' }).click();
    await page
      .getByRole('dialog')
      .getByRole('option', { name: /^gpt-3/ })
      .click();
    await expect(notice).toBeVisible();
    await page.getByRole('button', { name: 'Use gpt-4o', exact: true }).click();
    await expect(notice).toBeHidden();
    await chat.send('And this?');
    const columns = page.getByRole('region', { name: 'Two answers side by side' }).getByRole('article', { name: 'Answer' });
    await expect(columns.getByRole('button', { name: /Open the receipt/ })).toHaveCount(2);
    const asked = model.requestsOf('answer');
    expect(new Set(asked.map(({ body }) => body.model))).toEqual(new Set(['gpt-4o', 'gpt-4o-mini']));
    for (const request of asked) expect(imagesIn(request).map(({ bytes }) => bytes.readUInt32BE(16))).toEqual([90]);
  });
});

test('the texts about images are there in Japanese', async ({ startConnected }) => {
  const { page } = await startConnected();
  await page.emulateMedia({ colorScheme: 'dark' });
  await shellOf(page).goTo('Settings');
  await page.getByRole('combobox', { name: 'Language' }).click();
  await page.getByRole('option', { name: '日本語' }).click();
  await page.getByRole('button', { name: '新しいチャット' }).first().click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '画像や文書を追加' }).click();
  await (await chooser).setFiles([png('図.png'), png('壊れた.png', Buffer.from('x'))]);
  await expect(page.getByRole('list', { name: '送信する画像' })).toContainText('1,024 × 512 px');
  await expect(page.getByText('画像 1 枚、14,167 トークン（概算）')).toBeVisible();
  await expect(shellOf(page).notice('壊れた.png：この画像は送信できません。')).toBeVisible();
});
