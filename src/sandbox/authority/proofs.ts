import { sm2SignatureHolds } from '../../gm/sm2.ts';
import { sm3 } from '../../gm/sm3.ts';
import { toHex, utf8 } from '../../lib/bytes.ts';
import type { EncryptionRenewal, Enrolment } from './authority.ts';

/** True where the signing key of the request signed its name and keys. */
export function enrolmentProofHolds(enrolment: Enrolment): boolean {
  const { organisation, signingPublicKey, encryptionPublicKey, proof } = enrolment;
  const keys =
    encryptionPublicKey === undefined ? [signingPublicKey] : [signingPublicKey, encryptionPublicKey];
  return holds(signingPublicKey, [organisation, ...keys.map(toHex)], proof);
}

/** True where the key of the renewing certificate (`signingPublicKey`) signed what is renewed. */
export function renewalProofHolds(renewal: EncryptionRenewal, signingPublicKey: Uint8Array): boolean {
  const { signingCertificate, encryptionPublicKey, proof } = renewal;
  const lines = ['renew', toHex(sm3(signingCertificate)), toHex(encryptionPublicKey)];
  return holds(signingPublicKey, lines, proof);
}

function holds(publicKey: Uint8Array, lines: readonly string[], proof: Uint8Array): boolean {
  return sm2SignatureHolds(publicKey, utf8(lines.join('\n')), proof);
}
