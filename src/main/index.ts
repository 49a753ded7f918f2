import { createCore } from './core/create-core.ts';
import { startElectron } from './hosts/electron/start.ts';

// Not awaited: Electron is ready only after this file has been evaluated.
void startElectron({ createCore, programDir: import.meta.dirname, environment: process.env });
