import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A key and a certificate for it, both as PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const dayMs = 86_400_000;
/** ecdsa-with-SHA256, RFC 5758 section 3.2. */
const signatureAlgorithm = sequence(Buffer.from('06082a8648ce3d040302', 'hex'));
const commonName = Buffer.from('0603550403', 'hex');
const subjectAltName = Buffer.from('0603551d11', 'hex');
const basicConstraints = Buffer.from('0603551d13', 'hex');
const isTrue = Buffer.from('0101ff', 'hex');

/** Makes a certificate for a host that signs itself: whoever trusts it as an authority trusts the host. RFC 5280 section 4.1. */
export function makeSelfSignedCertificate(host: string): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from(host)))));
  const validity = sequence(time(Date.now() - dayMs), time(Date.now() + dayMs));
  const extensions = sequence(
    sequence(subjectAltName, der(0x04, sequence(der(0x82, Buffer.from(host))))),
    sequence(basicConstraints, isTrue, der(0x04, sequence(isTrue))),
  );
  const toSign = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    signatureAlgorithm,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
  const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', toSign, privateKey)]));
  const lines =
    sequence(toSign, signatureAlgorithm, signature)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
  };
}

/** Tag, length, content: DER, ITU-T X.690 section 8.1. */
function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

function sequence(...contents: readonly Buffer[]): Buffer {
  return der(0x30, ...contents);
}

/** GeneralizedTime: 20261124120000Z. */
function time(epochMs: number): Buffer {
  const digits = new Date(epochMs).toISOString().replaceAll(/\.\d+|[-:T]/g, '');
  return der(0x18, Buffer.from(digits));
}
