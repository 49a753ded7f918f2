import { lookup } from 'node:dns/promises';
import { isIPv6, type LookupFunction } from 'node:net';
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
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const found = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
        const [first] = found;
        if (first === undefined) callback(Object.assign(new Error(`Nobody knows ${hostname}.`), { code: 'ENOTFOUND' }), []);
        else if (!addresses.every(isPublic)) callback(notPublic(hostname), []);
        else if (options.all === true) callback(null, found);
        else callback(null, first.address, first.family);
      },
      (error: Error) => callback(error, []),
    );
  };
}

function notPublic(host: string): AppError {
  return new AppError('PAGE_ADDRESS_PRIVATE', 'The address is not on the internet.', { data: { host } });
}
