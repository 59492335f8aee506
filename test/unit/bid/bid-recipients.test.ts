import { describe, expect, it, test } from 'vitest';
import { findRecipient, matchCertificate, readBidRecipient } from '../../../src/bid/bid-recipients.ts';
import { issueEncryptionCertificate } from '../../../src/gm/certificate-builder.ts';
import { parseCertificate, type Certificate } from '../../../src/gm/certificate.ts';
import { openEnvelope, sealEnvelope } from '../../../src/gm/enveloped-data.ts';
import { generateSm2KeyPair } from '../../../src/gm/sm2.ts';
import { issueRoot } from '../gm/test-pki.ts';
import { refusalOf } from '../gm/refusal-of.ts';

const root = issueRoot();
const keys = generateSm2KeyPair();
const code = '91440800MA4UABCD12';
const day = (number: number) => new Date(Date.UTC(2026, 0, number));

interface Wanted {
  readonly publicKey?: Uint8Array;
  readonly creditCode?: string | undefined;
  readonly organization?: string | undefined;
  readonly commonName?: string;
  readonly notBefore?: Date;
}

function issue(wanted: Wanted = {}): Certificate {
  const { publicKey = generateSm2KeyPair().publicKey, commonName = '张三', notBefore = day(10) } = wanted;
  const creditCode = 'creditCode' in wanted ? wanted.creditCode : code;
  const organization = 'organization' in wanted ? wanted.organization : '湛江某建设有限公司';
  return parseCertificate(
    issueEncryptionCertificate({
      issuer: root,
      publicKey,
      notBefore,
      notAfter: new Date(Date.UTC(2028, 0, 1)),
      subject: { commonName, ...(organization === undefined ? {} : { organization }) },
      ...(creditCode === undefined ? {} : { creditCode }),
    }),
  );
}

const encryptedTo = issue({ publicKey: keys.publicKey });
const content = new Uint8Array(48).fill(7);
const envelopeFor = ({ raw }: Certificate) => sealEnvelope({ content, recipients: [raw] });
const recipientOf = (certificate: Certificate) => readBidRecipient(certificate.raw, envelopeFor(certificate));

describe('a certificate in hand', () => {
  const nobody = { creditCode: undefined };
  test.each([
    [
      'is another company’s',
      encryptedTo,
      issue({ creditCode: '91440800MA4UABCD2X', organization: '别的公司' }),
      'other',
    ],
    [
      'is another company’s of the same name',
      encryptedTo,
      issue({ creditCode: '91440800MA4UABCD2X' }),
      'other',
    ],
    ['is the company’s, of before', encryptedTo, issue({ notBefore: day(9) }), 'other'],
    [
      'has no code, and another person’s name',
      encryptedTo,
      issue({ ...nobody, commonName: '李四' }),
      'other',
    ],
    [
      'has no code, and another organisation',
      encryptedTo,
      issue({ ...nobody, organization: '别的公司' }),
      'other',
    ],
    [
      'has neither code nor organisation',
      issue({ ...nobody, organization: undefined }),
      issue({ ...nobody, organization: undefined }),
      'other',
    ],
    ['is the company’s, of later', encryptedTo, issue({ notBefore: day(11) }), 'replaced'],
    [
      'is the company’s, of later, under another person’s name',
      encryptedTo,
      issue({ commonName: '李四' }),
      'replaced',
    ],
    ['has no code, and names the same person and organisation', encryptedTo, issue(nobody), 'replaced'],
    ['has the same key', encryptedTo, issue({ publicKey: keys.publicKey, notBefore: day(20) }), 'sameKey'],
    ['is the very one', encryptedTo, encryptedTo, 'same'],
  ] as const)('%s', (_, recipient, own, match) => {
    expect(matchCertificate(recipient, own)).toBe(match);
  });
});

describe('the entry of a header for a certificate in hand', () => {
  const replaced = issue({ notBefore: day(1) });
  const renewed = issue({ publicKey: keys.publicKey, notBefore: day(20) });
  const centre = issue({ creditCode: '12440800MB2D00001N', commonName: '交易中心' });
  const recipients = [replaced, centre, encryptedTo].map(recipientOf);

  it('is the very one before any that it replaced', () => {
    expect(findRecipient(recipients, encryptedTo)).toEqual({ match: 'same', recipient: recipients[2] });
  });

  it('is the one of the same key, which opens it', () => {
    const found = findRecipient(recipients, renewed);
    expect(found).toEqual({ match: 'sameKey', recipient: recipients[2] });
    if (found.match === 'other') throw new Error('not found');
    const { certificate, envelope } = found.recipient;
    const opener = { certificate: certificate.raw, privateKey: keys.privateKey };
    expect(openEnvelope(envelope, opener)).toEqual(content);
  });

  it('is the one that it replaced where it opens none', () => {
    const own = issue({ notBefore: day(30) });
    expect(findRecipient(recipients, own)).toEqual({ match: 'replaced', recipient: recipients[0] });
  });

  it('is none for a stranger', () => {
    const stranger = issue({ creditCode: '91440800MA4UABCD2X' });
    expect(findRecipient(recipients, stranger)).toEqual({ match: 'other' });
  });
});

it('an entry whose envelope is for another certificate is refused, even of the same key and name', () => {
  const renewed = issue({ publicKey: keys.publicKey });
  expect(refusalOf(() => readBidRecipient(renewed.raw, envelopeFor(encryptedTo)))).toBe(
    'BidError: headerDamaged',
  );
});
