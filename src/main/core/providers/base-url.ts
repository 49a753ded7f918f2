import { BlockList, isIP } from 'node:net';
import type { PresetId } from '../../../shared/contract/providers.ts';
import type { ProviderKind } from '../../../shared/contract/usage.ts';
import { AppError } from '../../../shared/rpc/errors.ts';

/** Why an address cannot be used; `data.reason` of BASE_URL_INVALID. */
export type BaseUrlProblem =
  | 'not_a_url'
  | 'not_http'
  | 'has_credentials'
  | 'has_query'
  | 'placeholder'
  | 'metadata_address'
  | 'insecure_http';

/** Ends of addresses that people paste from examples. */
const endpointSuffix = /\/(chat\/completions|completions|responses|embeddings|models)$/;
/** Presets whose servers run on one's own computers, where calls cost nothing. */
const localPresets: ReadonlySet<PresetId> = new Set(['ollama', 'lmstudio', 'llamacpp', 'vllm']);

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');
loopback.addAddress('0.0.0.0');

// RFC 1918, RFC 4193, and RFC 6598 (used by overlay networks such as Tailscale).
const privateNetwork = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
] as const) {
  privateNetwork.addSubnet(network, prefix);
}
privateNetwork.addSubnet('fc00::', 7, 'ipv6');

// Where clouds answer with a machine's own credentials. Nobody runs a model there.
const metadata = new BlockList();
metadata.addSubnet('169.254.0.0', 16);
metadata.addSubnet('fe80::', 10, 'ipv6');
metadata.addAddress('fd00:ec2::254', 'ipv6');
metadata.addAddress('100.100.100.200');
const metadataHosts: ReadonlySet<string> = new Set(['metadata.google.internal', 'metadata.goog', 'instance-data']);
const privateSuffix = /(^|\.)(local|lan|home|internal|intranet|home\.arpa)$/;

/**
 * The address to put in front of `/chat/completions`: no trailing slash, no endpoint a person pasted along.
 * An address without a path gets `defaultPath`. Throws AppError BASE_URL_INVALID with `data.reason`.
 */
export function parseBaseUrl(text: string, defaultPath: string): string {
  const url = URL.parse(text.trim());
  if (url === null) throw invalid('not_a_url');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw invalid('not_http');
  if (url.username !== '' || url.password !== '') throw invalid('has_credentials');
  if (url.search !== '' || url.hash !== '') throw invalid('has_query');
  if (url.hostname.startsWith('resource.')) throw invalid('placeholder');
  const host = bareHost(url.hostname);
  if (isIn(metadata, host) || metadataHosts.has(host)) throw invalid('metadata_address');
  if (url.protocol === 'http:' && !isPrivateHost(host)) throw invalid('insecure_http');
  const path = url.pathname.replace(/\/+$/, '');
  const trimmed = path.replace(endpointSuffix, '').replace(/\/+$/, '');
  return `${url.origin}${path === '' ? defaultPath : trimmed}`;
}

/**
 * Whether calls to this address cost money. Only the preset of a model server, on this computer or its network, says
 * that they do not: what else answers here may be a proxy that passes everything on to a company, and its bill.
 */
export function providerKindOf(preset: PresetId, baseUrl: string): ProviderKind {
  if (preset === 'demo') return 'demo';
  const host = bareHost(URL.parse(baseUrl)?.hostname ?? '');
  return localPresets.has(preset) && isPrivateHost(host) ? 'local' : 'remote';
}

/** Whether the address is this computer's own, which no proxy can reach. */
export function isLoopbackAddress(baseUrl: string): boolean {
  return isLoopbackHost(bareHost(URL.parse(baseUrl)?.hostname ?? ''));
}

function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || isIn(loopback, host);
}

function isPrivateHost(host: string): boolean {
  if (isLoopbackHost(host) || isIn(privateNetwork, host)) return true;
  if (isIP(host) !== 0) return false;
  // A name without a dot can only be one of the local network.
  return !host.includes('.') || privateSuffix.test(host);
}

/** URL keeps the brackets of an IPv6 address and the root dot of a name; both would slip past the lists. */
function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

function isIn(list: BlockList, host: string): boolean {
  const family = isIP(host);
  return family !== 0 && list.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

function invalid(reason: BaseUrlProblem): AppError {
  return new AppError('BASE_URL_INVALID', `The base URL cannot be used: ${reason}.`, { data: { reason } });
}
