/** Object identifiers in dotted form, named as their standards name them. */
export const oid = {
  // GM/T 0006, GM/T 0009: algorithms.
  sm2: '1.2.156.10197.1.301',
  sm2Sign: '1.2.156.10197.1.301.1',
  sm2Encrypt: '1.2.156.10197.1.301.3',
  sm3: '1.2.156.10197.1.401',
  sm2WithSm3: '1.2.156.10197.1.501',
  sm4: '1.2.156.10197.1.104',
  sm4Cbc: '1.2.156.10197.1.104.2',
  // GM/T 0010 (GB/T 35275): message syntax.
  gmData: '1.2.156.10197.6.1.4.2.1',
  gmSignedData: '1.2.156.10197.6.1.4.2.2',
  gmEnvelopedData: '1.2.156.10197.6.1.4.2.3',
  // RFC 5652 §4, §5.1, §6.1: the same messages under their international names.
  pkcs7Data: '1.2.840.113549.1.7.1',
  pkcs7SignedData: '1.2.840.113549.1.7.2',
  pkcs7EnvelopedData: '1.2.840.113549.1.7.3',
  // GM/T 0015: 统一社会信用代码 (or organisation code) of a certificate's subject.
  organizationCode: '1.2.156.10260.4.1.4',
  // RFC 5480.
  ecPublicKey: '1.2.840.10045.2.1',
  // RFC 5652 §11: signed attributes.
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  // RFC 5035 §3; NIST's name of the digest that it has by default.
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
  // RFC 5280 §4.2.1: certificate extensions.
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  authorityInformationAccess: '1.3.6.1.5.5.7.1.1',
  // RFC 5280 §4.2.1.12: purposes of a key that signing a document is none of.
  serverAuth: '1.3.6.1.5.5.7.3.1',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
  // RFC 5280 §5.2, §5.3: extensions of revocation lists and of their entries.
  crlNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  issuingDistributionPoint: '2.5.29.28',
  // X.520: attributes of a name.
  commonName: '2.5.4.3',
  serialNumber: '2.5.4.5',
  countryName: '2.5.4.6',
  localityName: '2.5.4.7',
  stateOrProvinceName: '2.5.4.8',
  organizationName: '2.5.4.10',
  organizationalUnitName: '2.5.4.11',
} as const;
