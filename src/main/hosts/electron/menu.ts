import type { MenuItemConstructorOptions } from 'electron';

const labels = {
  en: {
    file: 'File',
    close: 'Close Window',
    quit: 'Quit Tally',
    edit: 'Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select All',
    view: 'View',
    reload: 'Reload',
    resetZoom: 'Actual Size',
    zoomIn: 'Zoom In',
    zoomOut: 'Zoom Out',
    fullScreen: 'Full Screen',
    window: 'Window',
    minimize: 'Minimize',
    about: 'About Tally',
    hide: 'Hide Tally',
  },
  ja: {
    file: 'ファイル',
    close: 'ウインドウを閉じる',
    quit: 'Tally を終了',
    edit: '編集',
    undo: '取り消す',
    redo: 'やり直す',
    cut: '切り取り',
    copy: 'コピー',
    paste: '貼り付け',
    selectAll: 'すべてを選択',
    view: '表示',
    reload: '再読み込み',
    resetZoom: '実際のサイズ',
    zoomIn: '拡大',
    zoomOut: '縮小',
    fullScreen: 'フルスクリーン',
    window: 'ウインドウ',
    minimize: '最小化',
    about: 'Tally について',
    hide: 'Tally を隠す',
  },
} as const;

/** The native menu in the system's language: what every desktop program has; the rest is in the page. */
export function menuTemplate(locale: string, platform: NodeJS.Platform): MenuItemConstructorOptions[] {
  const text = locale.startsWith('ja') ? labels.ja : labels.en;
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const appMenu: MenuItemConstructorOptions = {
    label: 'Tally',
    submenu: [
      { role: 'about', label: text.about },
      separator,
      { role: 'hide', label: text.hide },
      separator,
      { role: 'quit', label: text.quit },
    ],
  };
  const isMac = platform === 'darwin';
  const close: MenuItemConstructorOptions = { role: 'close', label: text.close };
  return [
    ...(isMac ? [appMenu] : []),
    { label: text.file, submenu: isMac ? [close] : [close, separator, { role: 'quit', label: text.quit }] },
    {
      label: text.edit,
      submenu: [
        { role: 'undo', label: text.undo },
        { role: 'redo', label: text.redo },
        separator,
        { role: 'cut', label: text.cut },
        { role: 'copy', label: text.copy },
        { role: 'paste', label: text.paste },
        { role: 'selectAll', label: text.selectAll },
      ],
    },
    {
      label: text.view,
      submenu: [
        { role: 'reload', label: text.reload },
        separator,
        { role: 'resetZoom', label: text.resetZoom },
        { role: 'zoomIn', label: text.zoomIn },
        { role: 'zoomOut', label: text.zoomOut },
        separator,
        { role: 'togglefullscreen', label: text.fullScreen },
      ],
    },
    { label: text.window, submenu: [{ role: 'minimize', label: text.minimize }] },
  ];
}
