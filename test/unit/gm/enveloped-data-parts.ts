import {
  encode,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeUnsignedInteger,
} from '../../../src/gm/der-encode.ts';
import { contextTag, tags } from '../../../src/gm/der.ts';
import { parseCertificate } from '../../../src/gm/certificate.ts';
import { oid } from '../../../src/gm/object-identifiers.ts';
import { encryptSm2 } from '../../../src/gm/sm2-encryption.ts';
import { sm4CbcEncrypt } from '../../../src/gm/sm4.ts';
import { utf8 } from '../../../src/lib/bytes.ts';
import { issueRoot, issueSubscriber, type Credential } from './test-pki.ts';

export const root = issueRoot();
export const holder = issueSubscriber(root, 'encryption');
export const content = utf8('投标函：总价 1,234,567.89 元');
const key = Uint8Array.from({ length: 16 }, (_, index) => index);
const iv = Uint8Array.from({ length: 16 }, (_, index) => 0x80 + index);
export const sealed = sm4CbcEncrypt(key, iv, content);
const nothing = new Uint8Array();

/** A part that is put in place of the right one, DER; several elements or none where the place may hold them. */
export interface RecipientParts {
  readonly version?: Uint8Array;
  readonly identifier?: Uint8Array;
  readonly algorithm?: Uint8Array;
  readonly encryptedKey?: Uint8Array;
  readonly end?: Uint8Array;
}

export interface EnvelopeParts {
  readonly type?: Uint8Array;
  readonly version?: Uint8Array;
  readonly originator?: Uint8Array;
  readonly recipients?: Uint8Array;
  readonly dataType?: Uint8Array;
  readonly algorithm?: Uint8Array;
  readonly encrypted?: Uint8Array;
  readonly sharedInfo?: Uint8Array;
  readonly end?: Uint8Array;
}

export const id = encodeObjectIdentifier;
export const int = encodeUnsignedInteger;
export const octets = encodeOctetString;
export const sequence = encodeSequence;
export const nullValue = encode(tags.null);

/** IssuerAndSerialNumber of a certificate. */
export function identifierOf({ certificate }: Credential, serialNumber?: bigint): Uint8Array {
  const parsed = parseCertificate(certificate);
  return sequence(parsed.issuer.raw, int(serialNumber ?? BigInt(`0x${parsed.serialNumber}`)));
}

/** A RecipientInfo for a certificate that holds the key of `build`'s content. */
export function recipientInfo(parts: RecipientParts = {}, to: Credential = holder): Uint8Array {
  return sequence(
    parts.version ?? int(1n),
    parts.identifier ?? identifierOf(to),
    parts.algorithm ?? sequence(id(oid.sm2Encrypt)),
    parts.encryptedKey ?? octets(encryptSm2(to.publicKey, key)),
    parts.end ?? nothing,
  );
}

export function recipientSet(...recipients: readonly Uint8Array[]): Uint8Array {
  return encode(tags.set, ...recipients);
}

/** An EnvelopedData inside its ContentInfo, of GM/T 0010 but for the parts given. */
export function build(parts: EnvelopeParts = {}): Uint8Array {
  const encryptedContentInfo = sequence(
    parts.dataType ?? id(oid.gmData),
    parts.algorithm ?? sequence(id(oid.sm4Cbc), octets(iv)),
    parts.encrypted ?? encode(contextTag(0, 'primitive'), sealed),
    parts.sharedInfo ?? nothing,
  );
  const envelopedData = sequence(
    parts.version ?? int(1n),
    parts.originator ?? nothing,
    parts.recipients ?? recipientSet(recipientInfo()),
    encryptedContentInfo,
    parts.end ?? nothing,
  );
  return sequence(parts.type ?? id(oid.gmEnvelopedData), encode(contextTag(0), envelopedData));
}
