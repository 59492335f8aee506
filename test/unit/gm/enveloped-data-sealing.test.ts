import { describe, expect, it, test, vi } from 'vitest';
import { parseCertificate } from '../../../src/gm/certificate.ts';
import { issueEncryptionCertificate } from '../../../src/gm/certificate-builder.ts';
import {
  openEnvelope,
  openEnvelopeKey,
  parseEnvelope,
  recipientFor,
  sealEnvelope,
} from '../../../src/gm/enveloped-data.ts';
import { decryptSm2 } from '../../../src/gm/sm2-encryption.ts';
import { sm4CbcDecrypt } from '../../../src/gm/sm4.ts';
import { toHex } from '../../../src/lib/bytes.ts';
import { content, holder, root } from './enveloped-data-parts.ts';
import { refusalOf } from './refusal-of.ts';
import { issueSubscriber, moment } from './test-pki.ts';

const other = issueSubscriber(root, 'encryption', { commonName: '李四' });
const stranger = issueSubscriber(root, 'encryption', { commonName: '王五' });
const { certificate } = holder;
const flavours = ['gm', 'pkcs7'] as const;
const seal = (...recipients: readonly Uint8Array[]) => sealEnvelope({ content, recipients });

describe('sealing refuses', () => {
  test.each([
    ['nobody', [], 'noRecipient'],
    ['somebody twice', [certificate, other.certificate, certificate], 'duplicateRecipient'],
    ['sixty-five', Array.from({ length: 65 }, () => certificate), 'tooManyRecipients'],
  ])('%s', (_, recipients, reason) => {
    expect(refusalOf(() => seal(...recipients))).toBe(`EnvelopeError: ${reason}`);
  });

  it('what is no certificate', () => {
    expect(refusalOf(() => seal(certificate.subarray(1)))).toMatch(/^DerError/);
  });
});

describe('opening refuses', () => {
  it('a certificate that it is not for', () => {
    const envelope = parseEnvelope(seal(certificate, other.certificate));
    expect(refusalOf(() => openEnvelope(envelope, stranger))).toBe('EnvelopeError: notARecipient');
  });

  it('a private key that is not the certificate’s, or nobody’s', () => {
    const envelope = parseEnvelope(seal(certificate));
    const { privateKey } = stranger;
    expect(refusalOf(() => openEnvelope(envelope, { certificate, privateKey }))).toBe(
      'EnvelopeError: keyNotOpened',
    );
    expect(refusalOf(() => openEnvelope(envelope, { privateKey }))).toBe('EnvelopeError: keyNotOpened');
  });

  it('a private key that is none, as the caller’s mistake', () => {
    const opener = { certificate, privateKey: new Uint8Array(32) };
    expect(refusalOf(() => openEnvelope(parseEnvelope(seal(certificate)), opener))).toBe(
      'Sm2Error: privateKeyOutOfRange',
    );
  });
});

describe('an envelope', () => {
  test.each([0, 1, 15, 16, 17, 48, 5_000])('of %i bytes opens to the same', (length) => {
    const secret = Uint8Array.from({ length }, (_, index) => index & 0xff);
    const der = sealEnvelope({ content: secret, recipients: [certificate] });
    expect(openEnvelope(parseEnvelope(der), holder)).toEqual(secret);
  });

  test.each(flavours)('of %s opens for each of its recipients', (flavour) => {
    const recipients = [certificate, other.certificate];
    const envelope = parseEnvelope(sealEnvelope({ content, recipients, flavour }));
    expect(envelope.flavour).toBe(flavour);
    expect([openEnvelope(envelope, holder), openEnvelope(envelope, other)]).toEqual([content, content]);
  });

  it('names its recipients as their certificates do', () => {
    const envelope = parseEnvelope(seal(certificate));
    const { issuer, serialNumber } = parseCertificate(certificate);
    expect(envelope.recipients).toMatchObject([{ issuer: issuer.raw, serialNumber }]);
    expect(recipientFor(envelope, parseCertificate(certificate))).toBe(envelope.recipients[0]);
    expect(recipientFor(envelope, parseCertificate(other.certificate))).toBeUndefined();
  });

  it('opens without its certificate, as for one that was renewed with the same key', () => {
    const renewed = issueEncryptionCertificate({
      subject: { commonName: '张三' },
      notBefore: moment,
      notAfter: moment,
      issuer: root,
      publicKey: holder.publicKey,
    });
    const envelope = parseEnvelope(seal(other.certificate, certificate));
    const { privateKey } = holder;
    expect(refusalOf(() => openEnvelope(envelope, { certificate: renewed, privateKey }))).toBe(
      'EnvelopeError: notARecipient',
    );
    expect(openEnvelope(envelope, { privateKey })).toEqual(content);
  });

  it('gives its key alone, which opens the content', () => {
    const envelope = parseEnvelope(seal(certificate));
    const key = openEnvelopeKey(envelope, holder);
    const [recipient] = envelope.recipients;
    expect(key).toEqual(decryptSm2(holder.privateKey, recipient?.encryptedKey ?? new Uint8Array()));
    expect(sm4CbcDecrypt(key, envelope.iv, envelope.encryptedContent ?? new Uint8Array())).toEqual(content);
  });

  it('leaves no key behind where it was made', () => {
    const drawn: Uint8Array[] = [];
    const original = globalThis.crypto.getRandomValues.bind(globalThis.crypto);
    const spy = vi.spyOn(globalThis.crypto, 'getRandomValues').mockImplementation((array) => {
      if (array instanceof Uint8Array) drawn.push(array);
      return original(array);
    });
    const envelope = parseEnvelope(seal(certificate));
    spy.mockRestore();
    const [key, iv] = drawn.filter(({ length }) => length === 16);
    expect(iv).toEqual(envelope.iv);
    expect(key).toEqual(new Uint8Array(16));
  });

  it('has a key and a vector of its own each time', () => {
    const [one, two] = [parseEnvelope(seal(certificate)), parseEnvelope(seal(certificate))];
    expect(toHex(openEnvelopeKey(one, holder))).not.toBe(toHex(openEnvelopeKey(two, holder)));
    expect(toHex(one.iv)).not.toBe(toHex(two.iv));
  });
});
