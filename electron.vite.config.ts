import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** The toasts' stylesheet is part of ours; the copy their module injects is refused by the page's CSP and only makes noise. */
const withoutInjectedToastStyles = {
  name: 'without-injected-toast-styles',
  transform: (code: string, id: string) => (id.includes('/sonner/dist/') ? code.replace(/^__insertCSS\(.*\);$/m, '') : null),
};

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        input: {
          index: 'src/main/index.ts',
          loopback: 'src/main/loopback.ts',
          'parser-process': 'src/main/parser-process.ts',
          'keyring-process': 'src/main/keyring-process.ts',
          'backup-worker': 'src/main/core/db/backup/backup-worker.ts',
          'count-worker': 'src/main/core/spend/tokens/count-worker.ts',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload cannot be an ES module.
      rolldownOptions: { input: 'src/preload/index.ts', output: { format: 'cjs', entryFileNames: 'index.cjs' } },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), tailwindcss(), withoutInjectedToastStyles],
    // Workers load what they need by themselves.
    worker: { format: 'es' },
    build: {
      outDir: 'out/renderer',
      minify: true,
      // The page's policy allows fonts from files only.
      assetsInlineLimit: (file) => (/\.woff2?$|\.ttf$/.test(file) ? false : undefined),
      // Read from the disk, not over a network.
      chunkSizeWarningLimit: 2_000,
      rolldownOptions: { input: 'src/renderer/index.html' },
    },
  },
});
