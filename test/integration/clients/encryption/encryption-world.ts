import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseDer } from '../../../../src/gm/der.ts';
import { openEnvelope, openEnvelopeKey, parseEnvelope } from '../../../../src/gm/enveloped-data.ts';
import { encryptSm2 } from '../../../../src/gm/sm2-encryption.ts';
import { generateSm2KeyPair, type Sm2KeyPair } from '../../../../src/gm/sm2.ts';
import { parseCertificate } from '../../../../src/gm/certificate.ts';
import { fromBase64, toBase64, toHex } from '../../../../src/lib/bytes.ts';
import type { EncryptionParams } from '../../../../src/protocol/encryption-methods.ts';
import type { Trust } from '../../../../src/protocol/signature-methods.ts';
import {
  createAuthority,
  type Authority,
  type EncryptionWishes,
} from '../../../../src/sandbox/authority/authority.ts';

/** Who can open what is encrypted to them. */
export interface Bidder {
  /** Encryption certificate, DER. */
  readonly certificate: Uint8Array;
  readonly privateKey: Uint8Array;
  /** As the methods take it. */
  readonly own: EncryptionParams<'encrypt'>['own'];
}

/** An authority and the revocation list that its certificates point to, over loopback. */
export interface EncryptionWorld {
  readonly authority: Authority;
  /** Its root alone, and lists may be fetched. */
  readonly trust: Trust;
  /** Times that the list was asked for. */
  asked(): number;
  bidder(wishes?: BidderWishes): Bidder;
  revoke(bidder: Bidder): void;
  close(): void;
}

export interface BidderWishes extends EncryptionWishes {
  readonly organisation?: string;
  /** Of an earlier certificate of the same holder. */
  readonly keys?: Sm2KeyPair | undefined;
}

/** No anchors: a chain is not judged. */
export const noTrust: Trust = { anchors: [], online: false };

export async function createEncryptionWorld(): Promise<EncryptionWorld> {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.writeHead(200, { 'content-type': 'application/pkix-crl' }).end(authority.revocationList());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const authority = createAuthority(Date.now, () => `http://127.0.0.1:${port}/ca.crl`);
  return {
    authority,
    trust: { anchors: [toBase64(authority.root)], online: true },
    asked: () => asked,
    bidder({ organisation = '湛江测试建设有限公司', keys = generateSm2KeyPair(), ...wishes } = {}) {
      const encryptionPublicKey = keys.publicKey;
      const certificate = authority.issueEncryption({ organisation, encryptionPublicKey }, wishes);
      const chain = [toBase64(authority.issuer)];
      const own = { certificate: toBase64(certificate), chain };
      return { certificate, privateKey: keys.privateKey, own };
    },
    revoke: ({ certificate }) => authority.revoke(parseCertificate(certificate).serialNumber),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A request to the phone, taken apart. */
export function readRequest(request: string | undefined) {
  const [version, document, envelope, ...more] = parseDer(fromBase64(request ?? '')).children;
  if (document === undefined || envelope === undefined || more.length > 0) throw new Error('no request');
  return {
    version: Number(version?.content[0]),
    /** SM3, hexadecimal. */
    document: toHex(document.content),
    envelope: envelope.content,
  };
}

/** What the phone answers to a request: the key of its envelope, wrapped to the announced one-time key (base64). */
export function answerOf(request: string | undefined, privateKey: Uint8Array, oneTimeKey: string): string {
  const envelope = parseEnvelope(readRequest(request).envelope);
  const open = envelope.encryptedContent === undefined ? openEnvelopeKey : openEnvelope;
  return toBase64(encryptSm2(fromBase64(oneTimeKey), open(envelope, { privateKey })));
}
