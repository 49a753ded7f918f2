import { AppError } from '../../../shared/rpc/errors.ts';
import type { SecretBox } from '../../core/ports.ts';

/** Keeps no key beyond the process, and asks neither the system's keyring nor for a passphrase. */
export const sessionBox: SecretBox = {
  status: async () => ({ protection: 'session', locked: false, canUsePassphrase: false, backend: null }),
  seal: async () => ({ protection: 'session', sealed: null }),
  open: async () => {
    throw new AppError('KEY_MISSING', 'Nothing is sealed here.', { data: { protection: 'session' } });
  },
  remove: async () => undefined,
  setPassphrase: async () => undefined,
  unlock: async () => undefined,
};
