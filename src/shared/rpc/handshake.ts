/** Global the preload sets to 'electron'. Without it the page speaks WebSocket to the address it came from. */
export const hostGlobal = 'tallyHost';

/** Window message by which the page asks the preload for a port, at every load. */
export const portRequestMessage = 'tally:port-request';

/** Window message by which the preload hands the page its port (`event.ports[0]`); also the IPC channel's name. */
export const portMessage = 'tally:port';

/** Path of the WebSocket, and the sub-protocol both sides name. The session goes along as `session.<token>`. */
export const socketPath = '/rpc';
export const socketProtocol = 'tally.v1';

/**
 * Where the page trades the one-time token of its URL (`#token=...`) for a session:
 * POST, JSON `{ token }`, answered by `{ session }` or 401.
 */
export const sessionPath = '/session';
