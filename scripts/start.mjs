// Starts Tally: builds it when its sources have changed, then opens it in Electron, else in the system's Chromium.
// Plain JavaScript, so that even the oldest Node that npm runs on can say what is wrong.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const outputs = ['out/main/index.js', 'out/main/loopback.js', 'out/preload/index.cjs', 'out/renderer/index.html'];
const sources = ['src', 'resources', 'electron.vite.config.ts', 'package.json'];
const electronDir = path.join(root, 'node_modules', 'electron');
/** A download that takes longer than this is given up for this start. */
const downloadTimeoutMs = 10 * 60_000;

/** Progress goes to stderr: stdout carries the one line with the address. */
function say(text) {
  process.stderr.write(`${text}\n`);
}

/** @returns {number} when the newest file below was changed, in ms */
function newestChange(file) {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return /\.test\.tsx?$/.test(file) ? 0 : stat.mtimeMs;
  return Math.max(0, ...readdirSync(file).map((name) => newestChange(path.join(file, name))));
}

function isBuilt() {
  const built = outputs.map((file) => statSync(path.join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return Math.min(...built) >= Math.max(...sources.map((source) => newestChange(path.join(root, source))));
}

/** Runs a program to its end, passing signals on. Resolves with its exit code or the signal that ended it. */
function run(program, args, options) {
  return new Promise((resolve) => {
    const { timeoutMs, ...spawnOptions } = options;
    const child = spawn(program, args, { cwd: root, ...spawnOptions });
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    const forward = (signal) => child.kill(signal);
    process.on('SIGINT', forward);
    process.on('SIGTERM', forward);
    const end = (result) => {
      clearTimeout(timer);
      process.off('SIGINT', forward);
      process.off('SIGTERM', forward);
      resolve(result);
    };
    child.once('error', () => end({ code: 127, signal: null }));
    child.once('exit', (code, signal) => end({ code, signal }));
  });
}

async function build() {
  const electronVite = path.join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  if (!existsSync(electronVite)) {
    say('Tally is not installed yet. Run "npm ci" first.');
    process.exit(1);
  }
  say('Building Tally; this takes a few seconds and happens only after a change.');
  const { code } = await run(process.execPath, [electronVite, 'build', '--logLevel', 'warn'], { stdio: ['ignore', 2, 2] });
  if (code === 0) return;
  say('Tally could not be built. What is wrong stands above.');
  process.exit(1);
}

/** @returns {string | null} path of Electron's program, when it is there */
function findElectron() {
  const pathFile = path.join(electronDir, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const program = path.join(electronDir, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(program) ? program : null;
}

async function provideElectron() {
  const found = findElectron();
  const installer = path.join(electronDir, 'install.js');
  if (found !== null || !existsSync(installer)) return found;
  say('Downloading Electron (about 120 MB, only this once). To go without it, set TALLY_HOST=loopback.');
  // Its complaint is a stack trace; one sentence says the same.
  await run(process.execPath, [installer], { stdio: ['ignore', 2, 'ignore'], timeoutMs: downloadTimeoutMs });
  if (findElectron() === null) say('Electron could not be downloaded, so Tally opens in a browser window instead.');
  return findElectron();
}

/** Without a screen Electron cannot start, and these flags are the loopback host's. */
function wantsLoopback(args) {
  const hasScreen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const isFlagged = args.some((arg) => arg === '--no-open' || arg === '--port' || arg.startsWith('--port='));
  return process.env.TALLY_HOST === 'loopback' || isFlagged || !hasScreen;
}

/** `--data-dir DIR` as Chromium's own switches are written, which take no separate value. */
function electronArguments(args) {
  const joined = args.join('\0').replace(/(^|\0)--data-dir\0/g, '$1--data-dir=');
  const switches = joined === '' ? [] : joined.split('\0');
  // Chromium refuses to start its sandbox as root; anybody else keeps it.
  return [root, ...switches, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
}

/** It did not get as far as running our code: a missing library, or a sandbox that is not allowed here. */
function couldNotStart({ code, signal }) {
  return code === 127 || signal === 'SIGTRAP' || signal === 'SIGABRT' || signal === 'SIGSEGV' || signal === 'SIGILL';
}

function exitLike({ code, signal }) {
  process.exit(code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 1));
}

async function main(args) {
  if (!isBuilt()) await build();
  const electron = wantsLoopback(args) ? null : await provideElectron();
  if (electron !== null) {
    const end = await run(electron, electronArguments(args), { stdio: 'inherit' });
    if (!couldNotStart(end)) exitLike(end);
    say('Electron could not start on this computer, so Tally opens in a browser window instead.');
  }
  exitLike(await run(process.execPath, [path.join(root, 'out', 'main', 'loopback.js'), ...args], { stdio: 'inherit' }));
}

await main(process.argv.slice(2));
