const openableProtocols: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** The address a link of a model may lead to, parsed; null for anything but http, https and mailto, and for relative addresses. */
export function openableUrl(href: string | undefined): URL | null {
  if (href === undefined) return null;
  const url = URL.parse(href);
  return url !== null && openableProtocols.has(url.protocol) ? url : null;
}

/** What a person recognises a place by: its host, or the address mail goes to. */
export function hostOf(href: string | undefined): string {
  const url = href === undefined ? null : URL.parse(href);
  if (url === null) return '';
  return url.protocol === 'mailto:' ? url.pathname : url.host || url.protocol;
}

/** Whether a host is spelt with more than the Latin letters of ASCII, as look-alikes of known names are. It is shown as Punycode then. */
export function hasForeignLetters({ hostname }: URL): boolean {
  return hostname.split('.').some((label) => label.startsWith('xn--'));
}
