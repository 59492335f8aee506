import { randomBytes } from '@noble/hashes/utils.js';
import { utf8 } from '../lib/bytes.ts';
import { parseCertificate } from './certificate.ts';
import {
  encode,
  encodeBitString,
  encodeNamedBits,
  encodeObjectIdentifier,
  encodeOctetString,
  encodePrintableString,
  encodeSequence,
  encodeSetOf,
  encodeTime,
  encodeUnsignedInteger,
  encodeUtf8String,
} from './der-encode.ts';
import { contextTag, tags } from './der.ts';
import { keyUsages, type KeyUsage } from './key-usage.ts';
import { oid } from './object-identifiers.ts';
import { bytesToInteger } from './sm2-curve.ts';
import { signSm2, sm2PublicKey } from './sm2.ts';
import { sm3 } from './sm3.ts';

/** Parts of a subject's name, encoded in this order. */
export interface SubjectName {
  /** Two letters of ISO 3166. */
  readonly country?: string;
  readonly organization?: string;
  readonly organizationalUnit?: string;
  readonly commonName: string;
}

/** A certificate that may issue others, with its key. */
export interface Authority {
  /** DER. */
  readonly certificate: Uint8Array;
  /** 32 bytes. */
  readonly privateKey: Uint8Array;
}

/** An extension that this builder does not know. */
export interface ExtraExtension {
  /** Dotted object identifier. */
  readonly id: string;
  readonly critical: boolean;
  /** DER of the value. */
  readonly value: Uint8Array;
}

interface CommonRequest {
  readonly subject: SubjectName;
  readonly notBefore: Date;
  /** The last second of validity. */
  readonly notAfter: Date;
  /** Addresses of its issuer's revocation list. */
  readonly crlDistributionPoints?: readonly string[];
  readonly extraExtensions?: readonly ExtraExtension[];
}

export interface RootRequest extends CommonRequest {
  /** The root's own key, 32 bytes. */
  readonly privateKey: Uint8Array;
}

export interface CertificateRequest extends CommonRequest {
  readonly issuer: Authority;
  /** 04 ‖ x ‖ y, 65 bytes. */
  readonly publicKey: Uint8Array;
}

export interface IntermediateRequest extends CertificateRequest {
  /** How many further authorities may follow below; 0 unless told. */
  readonly pathLength?: number;
}

export interface SubscriberRequest extends CertificateRequest {
  /** 统一社会信用代码, written into extension 1.2.156.10260.4.1.4. */
  readonly creditCode?: string;
}

/** Self-signed certificate of a root authority. DER. */
export function issueRootCertificate(request: RootRequest): Uint8Array {
  const publicKey = sm2PublicKey(request.privateKey);
  const name = encodeName(request.subject);
  return build(request, {
    publicKey,
    issuerName: name,
    issuerKeyIdentifier: keyIdentifier(publicKey),
    issuerPrivateKey: request.privateKey,
    extensions: [basicConstraints(), keyUsage('keyCertSign', 'cRLSign')],
  });
}

/** Certificate of an authority below another. DER. */
export function issueIntermediateCertificate(request: IntermediateRequest): Uint8Array {
  const { pathLength = 0 } = request;
  return issue(request, [basicConstraints(pathLength), keyUsage('keyCertSign', 'cRLSign')]);
}

/** The signing half of a subscriber's certificate pair (GM/T 0015). DER. */
export function issueSigningCertificate(request: SubscriberRequest): Uint8Array {
  return issue(request, [
    keyUsage('digitalSignature', 'nonRepudiation'),
    ...organizationCode(request.creditCode),
  ]);
}

/** The encryption half of a subscriber's certificate pair (GM/T 0015). DER. */
export function issueEncryptionCertificate(request: SubscriberRequest): Uint8Array {
  return issue(request, [
    keyUsage('keyEncipherment', 'dataEncipherment', 'keyAgreement'),
    ...organizationCode(request.creditCode),
  ]);
}

function issue(request: CertificateRequest, extensions: readonly Uint8Array[]): Uint8Array {
  const issuer = parseCertificate(request.issuer.certificate);
  return build(request, {
    publicKey: request.publicKey,
    issuerName: issuer.subject.raw,
    issuerKeyIdentifier: issuer.subjectKeyIdentifier ?? keyIdentifier(issuer.publicKey),
    issuerPrivateKey: request.issuer.privateKey,
    extensions,
  });
}

interface Signing {
  readonly publicKey: Uint8Array;
  readonly issuerName: Uint8Array;
  readonly issuerKeyIdentifier: Uint8Array;
  readonly issuerPrivateKey: Uint8Array;
  readonly extensions: readonly Uint8Array[];
}

function build(request: CommonRequest, signing: Signing): Uint8Array {
  const algorithm = encodeSequence(encodeObjectIdentifier(oid.sm2WithSm3));
  const extensions = [
    ...signing.extensions,
    extension(oid.subjectKeyIdentifier, false, encodeOctetString(keyIdentifier(signing.publicKey))),
    extension(
      oid.authorityKeyIdentifier,
      false,
      encodeSequence(encode(contextTag(0, 'primitive'), signing.issuerKeyIdentifier)),
    ),
    ...distributionPoints(request.crlDistributionPoints ?? []),
    ...(request.extraExtensions ?? []).map(({ id, critical, value }) => extension(id, critical, value)),
  ];
  const tbs = encodeSequence(
    encode(contextTag(0), encodeUnsignedInteger(2n)),
    encodeUnsignedInteger(freshSerialNumber()),
    algorithm,
    signing.issuerName,
    encodeSequence(encodeTime(request.notBefore), encodeTime(request.notAfter)),
    encodeName(request.subject),
    encodePublicKeyInfo(signing.publicKey),
    encode(contextTag(3), encodeSequence(...extensions)),
  );
  return encodeSequence(tbs, algorithm, encodeBitString(signSm2(signing.issuerPrivateKey, tbs)));
}

/** 16 random octets, positive and never 0 (RFC 5280 §4.1.2.2 allows 20). */
function freshSerialNumber(): bigint {
  const octets = randomBytes(16);
  octets[0] = 0x40 | ((octets[0] ?? 0) & 0x3f);
  return bytesToInteger(octets);
}

/** 160 bits of SM3 over the public key, as RFC 7093 §2 does it with SHA-256. */
function keyIdentifier(publicKey: Uint8Array): Uint8Array {
  return sm3(publicKey).subarray(0, 20);
}

function encodeName(name: SubjectName): Uint8Array {
  const attributes: readonly (readonly [type: string, value: Uint8Array | undefined])[] = [
    [oid.countryName, name.country === undefined ? undefined : encodePrintableString(name.country)],
    [oid.organizationName, name.organization === undefined ? undefined : encodeUtf8String(name.organization)],
    [
      oid.organizationalUnitName,
      name.organizationalUnit === undefined ? undefined : encodeUtf8String(name.organizationalUnit),
    ],
    [oid.commonName, encodeUtf8String(name.commonName)],
  ];
  return encodeSequence(
    ...attributes.flatMap(([type, value]) =>
      value === undefined ? [] : [encodeSetOf(encodeSequence(encodeObjectIdentifier(type), value))],
    ),
  );
}

/** SubjectPublicKeyInfo of an SM2 key (GM/T 0009 §7.1, RFC 5480). */
function encodePublicKeyInfo(publicKey: Uint8Array): Uint8Array {
  return encodeSequence(
    encodeSequence(encodeObjectIdentifier(oid.ecPublicKey), encodeObjectIdentifier(oid.sm2)),
    encodeBitString(publicKey),
  );
}

function extension(id: string, critical: boolean, value: Uint8Array): Uint8Array {
  const flag = critical ? [encode(tags.boolean, Uint8Array.of(0xff))] : [];
  return encodeSequence(encodeObjectIdentifier(id), ...flag, encodeOctetString(value));
}

function basicConstraints(pathLength?: number): Uint8Array {
  const bound = pathLength === undefined ? [] : [encodeUnsignedInteger(BigInt(pathLength))];
  const value = encodeSequence(encode(tags.boolean, Uint8Array.of(0xff)), ...bound);
  return extension(oid.basicConstraints, true, value);
}

function keyUsage(...usages: readonly KeyUsage[]): Uint8Array {
  const bits = usages.map((usage) => keyUsages.indexOf(usage));
  return extension(oid.keyUsage, true, encodeNamedBits(bits));
}

function organizationCode(code: string | undefined): Uint8Array[] {
  return code === undefined ? [] : [extension(oid.organizationCode, false, encodePrintableString(code))];
}

/** CRLDistributionPoints of one point, with all addresses of it (RFC 5280 §4.2.1.13). */
function distributionPoints(urls: readonly string[]): Uint8Array[] {
  if (urls.length === 0) return [];
  const names = urls.map((url) => encode(contextTag(6, 'primitive'), utf8(url)));
  const point = encodeSequence(encode(contextTag(0), encode(contextTag(0), ...names)));
  return [extension(oid.crlDistributionPoints, false, encodeSequence(point))];
}
