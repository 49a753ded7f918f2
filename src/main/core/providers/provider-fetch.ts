import type { LookupFunction } from 'node:net';
import type { ProviderKind } from '../../../shared/contract/usage.ts';
import type { CorePorts, Fetch } from '../ports.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { isLoopbackAddress } from './base-url.ts';

/** Whom a request is for. A CallAttribution fits. */
export interface RequestTarget {
  readonly providerKind: ProviderKind;
  readonly baseUrl: string;
}

/** The fetch below the meter, by target. `close` stops following the settings. */
export interface ProviderFetch {
  readonly of: (target: RequestTarget) => Fetch;
  /** By the proxy setting; connections that no proxy makes go to what the lookup finds. */
  readonly lookingUp: (lookup: LookupFunction) => Fetch;
  readonly close: () => void;
}

/**
 * Chooses how a request travels: the demo answers in this process, a server on this computer is reached directly
 * (a proxy could not), everything else goes by the proxy setting, also when that changes later.
 */
export function createProviderFetch(deps: {
  readonly fetchFor: CorePorts['fetchFor'];
  readonly settings: Pick<SettingsService, 'get' | 'onChange'>;
  readonly demoFetch: Fetch;
}): ProviderFetch {
  const direct = deps.fetchFor({ mode: 'none' });
  let proxy = deps.settings.get().proxy;
  let proxied = deps.fetchFor(proxy);
  const stop = deps.settings.onChange((values) => {
    if (JSON.stringify(values.proxy) === JSON.stringify(proxy)) return;
    proxy = values.proxy;
    proxied = deps.fetchFor(proxy);
  });
  return {
    of(target) {
      if (target.providerKind === 'demo') return deps.demoFetch;
      return target.providerKind === 'local' || isLoopbackAddress(target.baseUrl) ? direct : proxied;
    },
    lookingUp: (lookup) => deps.fetchFor(proxy, lookup),
    close: stop,
  };
}
