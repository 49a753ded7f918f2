import type { CorePorts, Fetch } from '../../core/ports.ts';
import { sessionBox } from '../secrets/session-box.ts';

const loopbackUrl = /^http:\/\/127\.0\.0\.1:\d{1,5}$/;

/**
 * The ports of a profile of sample data. Whatever is asked of whichever provider goes to `serverUrl`, the provider's host put in front
 * of the path, so that nothing leaves the computer; keys of the keyring and of the environment are not touched.
 * Throws when the address is not one on this computer, such as `http://127.0.0.1:4000`.
 */
export function samplePorts(ports: CorePorts, serverUrl: string): CorePorts {
  if (!loopbackUrl.test(serverUrl) || !URL.canParse(serverUrl)) throw new Error('Sample data needs a server on this computer.');
  return {
    ...ports,
    isSample: true,
    secretBox: sessionBox,
    fetchFor: () => fetchFrom(serverUrl),
    environment: { openAiKey: null, openAiBaseUrl: null, priceListUrl: null },
  };
}

function fetchFrom(serverUrl: string): Fetch {
  return (input, init) => {
    const request = input instanceof Request ? input : null;
    const { host, pathname, search } = new URL(input instanceof Request ? input.url : input);
    const url = `${serverUrl}/${host}${pathname}${search}`;
    return fetch(request === null ? url : new Request(url, request), init);
  };
}
