import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIPv6, type LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import { AppError } from '../../../shared/rpc/errors.ts';
import { isPublic } from './page-address.ts';

/** The addresses a name stands for now; none when nobody here knows it. */
export type ResolveHost = (host: string) => Promise<readonly string[]>;

/** Asks the system. */
export const resolveHost: ResolveHost = async (host) => {
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.map(({ address }) => address);
};

/**
 * Looks a name up for a connection that is about to be made, which then goes to the very addresses that were looked at: what the name
 * stood for earlier does not count. Fails with AppError PAGE_ADDRESS_PRIVATE where one of them is not on the internet.
 */
export function publicLookup(resolve: ResolveHost): LookupFunction {
  const find = callbackify((hostname: string) => publicAddresses(hostname, resolve));
  return (hostname, options, callback) =>
    find(hostname, (error, found) => {
      const [first] = found ?? [];
      if (first === undefined) callback(error ?? null, []);
      else if (options.all === true) callback(null, found);
      else callback(null, first.address, first.family);
    });
}

async function publicAddresses(hostname: string, resolve: ResolveHost): Promise<LookupAddress[]> {
  const addresses = await resolve(hostname);
  if (addresses.length === 0) throw Object.assign(new Error(`Nobody knows ${hostname}.`), { code: 'ENOTFOUND' });
  if (!addresses.every(isPublic)) throw notPublic(hostname);
  return addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
}

function notPublic(host: string): AppError {
  return new AppError('PAGE_ADDRESS_PRIVATE', 'The address is not on the internet.', { data: { host } });
}
