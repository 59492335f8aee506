import { sm3 } from '../../gm/sm3.ts';
import { generateSm2KeyPair, signSm2, sm2PublicKey } from '../../gm/sm2.ts';
import { fromBase64, toBase64, toHex, utf8 } from '../../lib/bytes.ts';
import type { Fetch } from './front-server-calls.ts';
import { PhoneError } from './phone-error.ts';
import { fillVault, openVault, vaultHolder, wipeKeys, type Holder, type VaultStorage } from './vault.ts';

export interface RenewalWishes {
  readonly pin: string;
  /** 续期: the new certificate is of the present key. Else 换发: of a new key, and what the old one opened it does not. */
  readonly sameKey: boolean;
}

/**
 * Gets another encryption certificate and puts it, and its key, into the vault in place of the present one.
 * @throws PhoneError `wrongPin`; `enrolmentRefused`, also where there is no key to keep
 */
export async function renewEncryption(
  fetch: Fetch,
  storage: VaultStorage,
  { pin, sameKey }: RenewalWishes,
): Promise<Holder> {
  const holder = vaultHolder(storage);
  const keys = await openVault(storage, pin);
  const encryption = sameKey ? keys.encryption : generateSm2KeyPair().privateKey;
  try {
    if (holder === undefined || encryption === undefined) throw new PhoneError('enrolmentRefused', 'no key');
    const publicKey = sm2PublicKey(encryption);
    const certificate = fromBase64(holder.signingCertificate);
    const lines = ['renew', toHex(sm3(certificate)), toHex(publicKey)];
    const encryptionCertificate = await askForCertificate(fetch, {
      signingCertificate: holder.signingCertificate,
      encryptionPublicKey: toBase64(publicKey),
      proof: toBase64(signSm2(keys.signing, utf8(lines.join('\n')))),
    });
    const renewed = { ...holder, encryptionCertificate };
    await fillVault(storage, pin, renewed, { signing: keys.signing, encryption });
    return renewed;
  } finally {
    wipeKeys(keys);
    encryption?.fill(0);
  }
}

async function askForCertificate(fetch: Fetch, body: object): Promise<string> {
  const response = await fetch('/renew', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => undefined);
  if (response?.status !== 201) throw new PhoneError('enrolmentRefused', String(response?.status));
  return ((await response.json()) as Required<Pick<Holder, 'encryptionCertificate'>>).encryptionCertificate;
}
