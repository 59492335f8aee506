import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  Name,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_subjectAltName,
  id_kp_serverAuth,
} from '@peculiar/asn1-x509';
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A TLS server's own certificate for the tests. */
export interface TlsCertificate {
  /** PKCS#8, PEM. */
  readonly key: string;
  /** PEM. */
  readonly cert: string;
  /** Base64 of the SHA-256 of SubjectPublicKeyInfo, as Chromium's `--ignore-certificate-errors-spki-list` wants it. */
  readonly spkiHash: string;
}

const ecdsaWithSha256 = new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' });
const commonName = '2.5.4.3';
const day = 86_400_000;

/** Makes a self-signed P-256 certificate for the host names, valid from yesterday for thirty days. */
export function createTlsCertificate(hosts: readonly [string, ...string[]]): TlsCertificate {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = keys.publicKey.export({ type: 'spki', format: 'der' });
  const name = createName(hosts[0]);
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: createSerialNumber(),
    signature: ecdsaWithSha256,
    issuer: name,
    subject: name,
    validity: new Validity({
      notBefore: new Date(Date.now() - day),
      notAfter: new Date(Date.now() + 30 * day),
    }),
    subjectPublicKeyInfo: AsnConvert.parse(spki, SubjectPublicKeyInfo),
    extensions: createExtensions(hosts),
  });
  const certificate = new Certificate({
    tbsCertificate,
    signatureAlgorithm: ecdsaWithSha256,
    signatureValue: toArrayBuffer(
      sign('sha256', new Uint8Array(AsnConvert.serialize(tbsCertificate)), keys.privateKey),
    ),
  });
  return {
    key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: toPem('CERTIFICATE', AsnConvert.serialize(certificate)),
    spkiHash: createHash('sha256').update(spki).digest('base64'),
  };
}

function createName(host: string): Name {
  const value = new AttributeValue({ utf8String: host });
  return new Name([new RelativeDistinguishedName([new AttributeTypeAndValue({ type: commonName, value })])]);
}

/** Sixteen random bytes whose first is neither zero nor above 0x7f, so that DER needs no padding. */
function createSerialNumber(): ArrayBuffer {
  const bytes = randomBytes(16);
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f);
  return toArrayBuffer(bytes);
}

function createExtensions(hosts: readonly string[]): Extensions {
  const names = hosts.map((dNSName) => new GeneralName({ dNSName }));
  return new Extensions([
    createExtension(id_ce_basicConstraints, true, new BasicConstraints({ cA: false })),
    createExtension(id_ce_extKeyUsage, false, new ExtendedKeyUsage([id_kp_serverAuth])),
    createExtension(id_ce_subjectAltName, false, new SubjectAlternativeName(names)),
  ]);
}

function createExtension(extnID: string, critical: boolean, value: object): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
}

function toArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}

function toPem(label: string, der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
