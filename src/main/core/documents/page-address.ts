import ipaddr from 'ipaddr.js';
import { AppError } from '../../../shared/rpc/errors.ts';

/** Names that only mean something on this computer or its network. */
const privateName = /(?:^|\.)(?:localhost|local|lan|home|internal|intranet|home\.arpa)$/;

/** The address of a web page, without its fragment. Throws AppError PAGE_ADDRESS_INVALID. */
export function parsePageAddress(text: string): URL {
  const trimmed = text.trim();
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:/i.test(trimmed) ? trimmed : `https://${trimmed}`);
  const isPage = url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '';
  // Name and password in an address would be kept, and shown, with the document.
  if (!isPage || url.username !== '' || url.password !== '') throw new AppError('PAGE_ADDRESS_INVALID', 'Not the address of a web page.');
  url.hash = '';
  return url;
}

/** What the page is called among the documents: its address without `https://`. */
export function pageName(url: URL): string {
  return `${url.host}${url.pathname === '/' ? '' : url.pathname}${url.search}`;
}

/**
 * Throws AppError PAGE_ADDRESS_PRIVATE when the address is, or its name stands for, one that only this computer or its
 * network can reach. `resolve` gives the addresses of a name, none when nobody here knows it: a proxy may.
 */
export async function assertPublic(url: URL, resolve: (host: string) => Promise<readonly string[]>): Promise<void> {
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const addresses = ipaddr.isValid(host) ? [host] : await namedAddresses(host, resolve);
  if (addresses.every(isPublic)) return;
  throw new AppError('PAGE_ADDRESS_PRIVATE', 'The address is not on the internet.', { data: { host: url.host } });
}

async function namedAddresses(host: string, resolve: (host: string) => Promise<readonly string[]>): Promise<readonly string[]> {
  return !host.includes('.') || privateName.test(host) ? ['127.0.0.1'] : resolve(host);
}

/** Whether the internet can reach an IP address. IPv4 inside IPv6 counts as what it is; so do the ranges that lead to it (NAT64, 6to4, Teredo), which are not `unicast`. */
export function isPublic(address: string): boolean {
  return ipaddr.process(address).range() === 'unicast';
}
