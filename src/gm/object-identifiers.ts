/** Object identifiers in dotted form, named as their standards name them. */
export const oid = {
  // GM/T 0006, GM/T 0009: algorithms.
  sm2: '1.2.156.10197.1.301',
  sm2Sign: '1.2.156.10197.1.301.1',
  sm3: '1.2.156.10197.1.401',
  sm2WithSm3: '1.2.156.10197.1.501',
  // GM/T 0010 (GB/T 35275): message syntax.
  gmData: '1.2.156.10197.6.1.4.2.1',
  gmSignedData: '1.2.156.10197.6.1.4.2.2',
  // GM/T 0015: 统一社会信用代码 (or organisation code) of a certificate's subject.
  organizationCode: '1.2.156.10260.4.1.4',
  // RFC 5480.
  ecPublicKey: '1.2.840.10045.2.1',
  // RFC 5652 §11: signed attributes.
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  // RFC 5280 §4.2.1: certificate extensions.
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  // X.520: attributes of a name.
  commonName: '2.5.4.3',
  serialNumber: '2.5.4.5',
  countryName: '2.5.4.6',
  localityName: '2.5.4.7',
  stateOrProvinceName: '2.5.4.8',
  organizationName: '2.5.4.10',
  organizationalUnitName: '2.5.4.11',
} as const;
