import { parseCertificate } from './certificate.ts';
import type { Authority } from './certificate-builder.ts';
import {
  encode,
  encodeBitString,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeTime,
  encodeUnsignedInteger,
} from './der-encode.ts';
import { contextTag } from './der.ts';
import { oid } from './object-identifiers.ts';
import { revocationReasons, type RevocationReason } from './revocation-extensions.ts';
import { signSm2 } from './sm2.ts';

export interface RevocationListRequest {
  readonly issuer: Authority;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** Greater than that of the list before. */
  readonly number: bigint;
  readonly entries: readonly {
    /** Hexadecimal. */
    readonly serialNumber: string;
    readonly revokedAt: Date;
    /** Not written unless told. */
    readonly reason?: RevocationReason;
  }[];
}

/**
 * A full list of all of the issuer's certificates, version 2 (RFC 5280 §5). DER.
 * @throws DerError, CertificateError when the issuer's certificate cannot be read
 */
export function createRevocationList(request: RevocationListRequest): Uint8Array {
  const issuer = parseCertificate(request.issuer.certificate);
  const algorithm = encodeSequence(encodeObjectIdentifier(oid.sm2WithSm3));
  const entries = request.entries.map(encodeEntry);
  const keyIdentifier =
    issuer.subjectKeyIdentifier &&
    encodeExtension(
      oid.authorityKeyIdentifier,
      encodeSequence(encode(contextTag(0, 'primitive'), issuer.subjectKeyIdentifier)),
    );
  const tbs = encodeSequence(
    encodeUnsignedInteger(1n),
    algorithm,
    issuer.subject.raw,
    encodeTime(request.thisUpdate),
    encodeTime(request.nextUpdate),
    // Absent, never empty, where nothing is revoked (RFC 5280 §5.1.2.6).
    ...(entries.length === 0 ? [] : [encodeSequence(...entries)]),
    encode(
      contextTag(0),
      encodeSequence(
        ...(keyIdentifier === undefined ? [] : [keyIdentifier]),
        encodeExtension(oid.crlNumber, encodeUnsignedInteger(request.number)),
      ),
    ),
  );
  const signature = signSm2(request.issuer.privateKey, tbs);
  return encodeSequence(tbs, algorithm, encodeBitString(signature));
}

const enumerated = 0x0a;

function encodeEntry({
  serialNumber,
  revokedAt,
  reason,
}: RevocationListRequest['entries'][number]): Uint8Array {
  const code =
    reason === undefined
      ? undefined
      : encodeExtension(oid.reasonCode, encode(enumerated, Uint8Array.of(revocationReasons[reason])));
  return encodeSequence(
    encodeUnsignedInteger(BigInt(`0x${serialNumber}`)),
    encodeTime(revokedAt),
    ...(code === undefined ? [] : [encodeSequence(code)]),
  );
}

function encodeExtension(id: string, value: Uint8Array): Uint8Array {
  return encodeSequence(encodeObjectIdentifier(id), encodeOctetString(value));
}
