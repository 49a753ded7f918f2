import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

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
    plugins: [react(), tailwindcss()],
    build: { outDir: 'out/renderer', rolldownOptions: { input: 'src/renderer/index.html' } },
  },
});
