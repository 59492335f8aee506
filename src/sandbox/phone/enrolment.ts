import { generateSm2KeyPair, signSm2 } from '../../gm/sm2.ts';
import { toBase64, toHex, utf8 } from '../../lib/bytes.ts';
import type { Fetch } from './front-server-calls.ts';
import { PhoneError } from './phone-error.ts';
import type { PhonePlatform } from './platform-list.ts';
import type { DrawnSeals } from './seal-canvas.ts';
import { fillVault, wipeKeys, type Holder, type VaultStorage } from './vault.ts';

/** What the phone server says of itself at the start. */
export interface PhoneSettings {
  readonly platforms: readonly PhonePlatform[];
  /** Fingerprint of the authority that issues now. */
  readonly authority: string;
}

export async function fetchSettings(fetch: Fetch): Promise<PhoneSettings> {
  const response = await fetch('/phone.json', { cache: 'no-store' });
  return (await response.json()) as PhoneSettings;
}

export interface EnrolmentWishes {
  readonly organisation: string;
  readonly pin: string;
  /** Only a signing certificate is wished. */
  readonly withoutEncryption?: boolean;
  /** Pictures for the seals; the authority draws them where they are absent. */
  readonly seals?: DrawnSeals | undefined;
}

/**
 * Makes a signing and, unless told, an encryption key pair, has them certified and seals made for `organisation`, and
 * fills the vault.
 * @throws PhoneError `enrolmentRefused`.
 */
export async function enrol(
  fetch: Fetch,
  storage: VaultStorage,
  { organisation, pin, withoutEncryption = false, seals }: EnrolmentWishes,
): Promise<Holder> {
  const signing = generateSm2KeyPair();
  const encryption = withoutEncryption ? undefined : generateSm2KeyPair();
  const keys = [signing, encryption].flatMap((pair) => (pair === undefined ? [] : toHex(pair.publicKey)));
  const proof = signSm2(signing.privateKey, utf8([organisation, ...keys].join('\n')));
  const response = await fetch('/enrol', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      organisation,
      signingPublicKey: toBase64(signing.publicKey),
      ...(encryption && { encryptionPublicKey: toBase64(encryption.publicKey) }),
      proof: toBase64(proof),
      ...(seals && {
        sealPictures: { company: toBase64(seals.company), legalPerson: toBase64(seals.legalPerson) },
      }),
    }),
  }).catch(() => undefined);
  if (response?.status !== 201) throw new PhoneError('enrolmentRefused', String(response?.status));
  const holder = (await response.json()) as Holder;
  const privateKeys = { signing: signing.privateKey, encryption: encryption?.privateKey };
  await fillVault(storage, pin, holder, privateKeys);
  wipeKeys(privateKeys);
  return holder;
}
