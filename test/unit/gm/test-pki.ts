import {
  issueEncryptionCertificate,
  issueIntermediateCertificate,
  issueRootCertificate,
  issueSigningCertificate,
  type Authority,
  type ExtraExtension,
} from '../../../src/gm/certificate-builder.ts';
import { encodeBitString, encodeSequence } from '../../../src/gm/der-encode.ts';
import { parseDer } from '../../../src/gm/der.ts';
import { generateSm2KeyPair, signSm2 } from '../../../src/gm/sm2.ts';
import { concatBytes, toHex } from '../../../src/lib/bytes.ts';

/** The middle of every certificate's validity, unless a test says otherwise. */
export const moment = new Date('2026-07-01T08:00:00Z');
const validity = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2027-01-01T00:00:00Z') };

export interface IssueOptions {
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly commonName?: string;
  readonly crlDistributionPoints?: readonly string[];
  readonly extraExtensions?: readonly ExtraExtension[];
}

export interface Credential {
  readonly certificate: Uint8Array;
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

export function issueRoot(options: IssueOptions = {}): Credential {
  const { commonName = '测试根', ...rest } = options;
  const keys = generateSm2KeyPair();
  const subject = { country: 'CN', organization: '测试机构', commonName };
  return { ...keys, certificate: issueRootCertificate({ ...validity, subject, ...keys, ...rest }) };
}

export function issueIntermediate(
  issuer: Authority,
  options: IssueOptions & { readonly pathLength?: number } = {},
): Credential {
  const { commonName = '测试中间', ...rest } = options;
  const keys = generateSm2KeyPair();
  const subject = { country: 'CN', organization: '测试机构', commonName };
  const request = { ...validity, subject, issuer, publicKey: keys.publicKey, ...rest };
  return { ...keys, certificate: issueIntermediateCertificate(request) };
}

/** A subscriber's certificate of either kind. */
export function issueSubscriber(
  issuer: Authority,
  kind: 'signing' | 'encryption' = 'signing',
  options: IssueOptions = {},
): Credential {
  const { commonName = '张三', ...rest } = options;
  const keys = generateSm2KeyPair();
  const subject = {
    country: 'CN',
    organization: '湛江某建设有限公司',
    organizationalUnit: '投标部',
    commonName,
  };
  const request = {
    ...validity,
    subject,
    issuer,
    publicKey: keys.publicKey,
    creditCode: '91440800MA4UABCD12',
    ...rest,
  };
  const issue = kind === 'signing' ? issueSigningCertificate : issueEncryptionCertificate;
  return { ...keys, certificate: issue(request) };
}

/** The certificate with one run of bytes replaced, and signed anew by `issuerKey` as if it had been issued so. */
export function reissue(
  certificate: Uint8Array,
  issuerKey: Uint8Array,
  replaced: Uint8Array,
  replacement: Uint8Array,
): Uint8Array {
  const [tbs, algorithm] = parseDer(certificate).children;
  if (tbs === undefined || algorithm === undefined) throw new Error('no certificate');
  const altered = replaceBytes(tbs.raw, replaced, replacement);
  return encodeSequence(altered, algorithm.raw, encodeBitString(signSm2(issuerKey, altered)));
}

/** `bytes` with the last occurrence of `replaced` exchanged for as many other bytes. */
export function replaceBytes(bytes: Uint8Array, replaced: Uint8Array, replacement: Uint8Array): Uint8Array {
  const start = toHex(bytes).lastIndexOf(toHex(replaced)) / 2;
  if (!Number.isInteger(start) || replaced.length !== replacement.length)
    throw new Error('nothing to replace');
  return concatBytes(bytes.subarray(0, start), replacement, bytes.subarray(start + replaced.length));
}

export function toPem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
