import { AppError } from '../../../shared/rpc/errors.ts';
import type { Protection, SealedSecret, SecretBox, SecretBoxStatus } from '../../core/ports.ts';
import type { PassphraseBox } from './passphrase-box.ts';

/** What the operating system offers for sealing. */
export interface SystemSealer {
  readonly protection: Extract<Protection, 'electron_safe_storage' | 'os_keyring'>;
  /** Its own name when it really works here and now, else null. */
  backend(): Promise<string | null>;
  /** null when it could not be done after all. */
  seal(name: string, plain: string): Promise<Uint8Array | null>;
  /** null when the bytes are not its own, or it does not work. */
  open(name: string, sealed: Uint8Array): Promise<string | null>;
}

/**
 * Seals with a passphrase when one is set, else with the operating system's means, else keeps nothing:
 * `session` leaves the key in memory. What was sealed by other means before stays readable.
 */
export function createSecretBox(system: SystemSealer, passphraseBox: PassphraseBox): SecretBox {
  async function status(): Promise<SecretBoxStatus> {
    const base = { locked: false, canUsePassphrase: true, backend: null };
    if (passphraseBox.isSet()) return { ...base, protection: 'passphrase', locked: passphraseBox.isLocked() };
    const backend = await system.backend();
    return backend === null ? { ...base, protection: 'session' } : { ...base, protection: system.protection, backend };
  }

  async function seal(name: string, plain: string): Promise<SealedSecret> {
    if (passphraseBox.isSet()) return { protection: 'passphrase', sealed: passphraseBox.seal(name, plain) };
    const backend = await system.backend();
    const sealed = backend === null ? null : await system.seal(name, plain);
    return sealed === null ? { protection: 'session', sealed: null } : { protection: system.protection, sealed };
  }

  async function open(name: string, { protection, sealed }: SealedSecret): Promise<string> {
    let plain: string | null = null;
    if (sealed !== null && protection === 'passphrase') plain = passphraseBox.open(name, sealed);
    if (sealed !== null && protection === system.protection) plain = await system.open(name, sealed);
    // Sealed by the other host, on another computer, or by a keyring that is gone: only typing it again helps.
    if (plain === null) throw new AppError('KEY_MISSING', 'What was sealed cannot be opened here.', { data: { protection } });
    return plain;
  }

  return {
    status,
    seal,
    open,
    // Everything sealed lies in the database; only the key it was sealed with is elsewhere.
    remove: async () => undefined,
    setPassphrase: (passphrase) => passphraseBox.set(passphrase),
    unlock: (passphrase) => passphraseBox.unlock(passphrase),
  };
}
