import * as pdfjs from 'pdfjs-dist';
import openJpegUrl from 'pdfjs-dist/wasm/openjpeg_nowasm_fallback.js?url&no-inline';

type FileUrls = Readonly<Record<string, string>>;

// Part of the built page, so that nothing is fetched from elsewhere: what fonts that are not in a PDF are drawn with.
const characterMaps = import.meta.glob<string>('../../../../../node_modules/pdfjs-dist/cmaps/*.bcmap', {
  query: '?url&no-inline',
  import: 'default',
  eager: true,
});
const fonts = import.meta.glob<string>('../../../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', {
  query: '?url&no-inline',
  import: 'default',
  eager: true,
});

const urlsByName = (modules: FileUrls): FileUrls =>
  Object.fromEntries(Object.entries(modules).map(([path, url]) => [path.slice(path.lastIndexOf('/') + 1), url]));
const characterMapUrls = urlsByName(characterMaps);
const fontUrls = urlsByName(fonts);

async function bytesOf(urls: FileUrls, name: string): Promise<Uint8Array> {
  const url = urls[name];
  if (url === undefined) throw new Error('pdf.js asks for a file it does not come with.');
  const response = await fetch(url);
  if (!response.ok) throw new Error(`pdf.js could not load one of its files: ${String(response.status)}.`);
  return new Uint8Array(await response.arrayBuffer());
}

class CharacterMaps {
  async fetch({ name }: { name: string }): Promise<{ cMapData: Uint8Array; isCompressed: true }> {
    return { cMapData: await bytesOf(characterMapUrls, `${name}.bcmap`), isCompressed: true };
  }
}

class StandardFonts {
  fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    return bytesOf(fontUrls, filename);
  }
}

/** Larger images, in pixels, are left out of a page instead of filling the memory. */
const maxImagePixels = 64 * 1024 * 1024;

/**
 * pdf.js, set up to run nothing of a document and to load nothing but our own files.
 * The page's CSP allows no WebAssembly; the decoder for JPEG 2000 has a build without, whose name has no fixed place
 * behind a folder as pdf.js would have it: the query makes one of it.
 */
export const safeOptions = {
  isEvalSupported: false,
  enableXfa: false,
  useWorkerFetch: false,
  useWasm: false,
  wasmUrl: `${openJpegUrl}?folder=/`,
  CMapReaderFactory: CharacterMaps,
  StandardFontDataFactory: StandardFonts,
  maxImageSize: maxImagePixels,
  disableAutoFetch: true,
  disableStream: true,
  verbosity: pdfjs.VerbosityLevel.ERRORS,
};

/** A thread for one document, so that one that never ends can be ended. */
export function startPdfWorker(): { readonly worker: pdfjs.PDFWorker; terminate(): void } {
  const thread = new Worker(new URL('./pdf-worker.ts', import.meta.url), { type: 'module' });
  return { worker: pdfjs.PDFWorker.create({ port: thread }), terminate: () => thread.terminate() };
}

export { pdfjs };
