import { generateSm2KeyPair } from '../../../src/gm/sm2.ts';
import { toBase64 } from '../../../src/lib/bytes.ts';
import type { Opened, TestGateway } from './gateway-client.ts';
import { documents, identityBody, signingBody } from './signing-client.ts';

/** Two encrypted files. */
export const encrypted = documents.map((document) => ({ ...document, name: `${document.name}.cabid` }));

/** Body of an `open` that asks to encrypt two documents. */
export function encryptionBody(change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return signingBody({ scene: 'encrypt', ...change });
}

/** The computer's side: what it asks to be opened is wrapped to its one-time key. */
export const client = generateSm2KeyPair();
const oneTimeKey = toBase64(client.publicKey);

/** Body of an `open` that asks to decrypt two files. */
export function openingBody(change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return signingBody({ scene: 'decrypt', purpose: 'open', documents: encrypted, oneTimeKey, ...change });
}

/** Body of an `open` that asks whether two files could be decrypted. */
export function checkBody(change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return signingBody({ scene: 'decrypt', purpose: 'check', documents: encrypted, ...change });
}

export async function openBid(server: TestGateway, body = openingBody()): Promise<Opened> {
  return (await (await server.post('/sessions', body)).json()) as Opened;
}

export const bidIdentityBody = (change: Readonly<Record<string, unknown>> = {}): object => {
  const { seals: _seals, ...identity } = identityBody() as Readonly<Record<string, unknown>>;
  return { ...identity, encryptionCertificate: 'MAA=', ...change };
};

/** Keys as a phone hands them over. */
export const keysFor = (
  businessId: string,
  origin: unknown,
  change: Readonly<Record<string, unknown>> = {},
): object => ({
  format: 'ca-bridge-keys/1',
  scene: 'decrypt',
  businessId,
  origin,
  certificate: 'MAA=',
  keys: ['MA==', null],
  ...change,
});
