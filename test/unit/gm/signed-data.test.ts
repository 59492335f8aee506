import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { buildChain } from '../../../src/gm/certificate-chain.ts';
import { parseCertificate } from '../../../src/gm/certificate.ts';
import {
  encode,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeSetOf,
} from '../../../src/gm/der-encode.ts';
import { contextTag, parseDer, type DerElement } from '../../../src/gm/der.ts';
import { oid } from '../../../src/gm/object-identifiers.ts';
import { encodeSignedAttributes } from '../../../src/gm/signed-attributes.ts';
import { createSignedData, type SignedDataRequest } from '../../../src/gm/signed-data-builder.ts';
import { verifySignedData } from '../../../src/gm/signed-data.ts';
import { defaultUserId, signSm2, userDigest } from '../../../src/gm/sm2.ts';
import { sm3 } from '../../../src/gm/sm3.ts';
import { concatBytes, fromHex, toHex, utf8 } from '../../../src/lib/bytes.ts';
import { openssl } from '../../support/openssl.ts';
import { projectPath } from '../../support/project-paths.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';
import { issueIntermediate, issueRoot, issueSubscriber, moment, replaceBytes, toPem } from './test-pki.ts';

// Other programs may need the processors at the same time.
vi.setConfig({ testTimeout: 60_000 });

const root = issueRoot();
const intermediate = issueIntermediate(root);
const signer = issueSubscriber(intermediate);
const content = utf8('投标函：总价 1,234,567.89 元');
const signingTime = new Date('2026-07-01T07:59:00Z');
const chain = [intermediate.certificate];

const create = (change: Partial<SignedDataRequest> = {}) =>
  createSignedData({ content, form: 'attached', signer, chain, ...change });
const attached = create();
const detached = create({ form: 'detached' });
const withAttributes = create({ signedAttributes: { signingTime } });
const refused = (reason: string) => ({ ok: false, reason });

/** The fields of SignedData, and a message put together from changed ones. */
const fieldsOf = (der: Uint8Array) =>
  (parseDer(der).children[1]?.children[0]?.children ?? []).map(({ raw }) => raw);
const messageOf = (...fields: readonly Uint8Array[]) =>
  encodeSequence(encodeObjectIdentifier(oid.gmSignedData), encode(contextTag(0), encodeSequence(...fields)));
/** The fields of the one SignerInfo. */
const signerInfoOf = (der: Uint8Array): readonly DerElement[] =>
  parseDer(fieldsOf(der).at(-1) ?? der).children[0]?.children ?? [];
/** The message with its SignerInfo's fields changed. */
function withSignerInfo(der: Uint8Array, change: (fields: readonly Uint8Array[]) => readonly Uint8Array[]) {
  const fields = fieldsOf(der);
  const changed = encodeSequence(...change(signerInfoOf(der).map(({ raw }) => raw)));
  return messageOf(...fields.slice(0, -1), encodeSetOf(changed));
}
/** The message signed anew over these attributes, whatever they are. */
function withSignedAttributes(attributes: Uint8Array) {
  return withSignerInfo(create(), ([version, issuer, digest, algorithm]) => [
    ...[version, issuer, digest].flatMap((field) => field ?? []),
    concatBytes(Uint8Array.of(0xa0), attributes.subarray(1)),
    algorithm ?? attributes,
    encodeOctetString(signSm2(signer.privateKey, attributes)),
  ]);
}

const anchors = [parseCertificate(root.certificate)];

/** Content, signer and time of a message that verifies and whose signer is trusted. */
function trustedOutcome(message: Uint8Array): string | undefined {
  const result = verifySignedData(message);
  if (!result.ok) return undefined;
  const [first] = result.signers;
  const built = buildChain({
    leaf: first?.certificate.raw ?? new Uint8Array(),
    intermediates: [],
    anchors,
    at: moment,
    purpose: 'digitalSignature',
  });
  if (!built.ok) return undefined;
  return [
    toHex(result.content ?? new Uint8Array()),
    toHex(built.leaf.raw),
    first?.signingTime?.toISOString(),
  ].join(' ');
}

describe('a SignedData is refused by name', () => {
  test.each([
    ['attached', attached],
    ['with signed attributes', withAttributes],
  ])('malformed at every truncation, %s', (_, message) => {
    for (let length = 0; length < message.length; length += 1) {
      expect(verifySignedData(message.subarray(0, length))).toEqual(refused('malformed'));
    }
  });

  it('or says the same by a trusted signer, with any single byte of it altered', () => {
    const message = create({ signer: issueSubscriber(root), chain: [], signedAttributes: { signingTime } });
    const sound = trustedOutcome(message);
    expect(sound).toContain(toHex(content));
    for (let index = 0; index < message.length; index += 1) {
      const altered = message.slice();
      altered[index] = (altered[index] ?? 0) ^ 0x01;
      expect([undefined, sound], `byte ${index}`).toContain(trustedOutcome(altered));
    }
  });

  test.each<[string, Uint8Array]>([
    ['no bytes', new Uint8Array()],
    [
      'another content type',
      replaceBytes(
        attached,
        encodeObjectIdentifier(oid.gmSignedData),
        encodeObjectIdentifier('1.2.156.10197.6.1.4.2.3'),
      ),
    ],
    ['a trailing byte', concatBytes(attached, Uint8Array.of(0))],
    ['another version', messageOf(fromHex('020103'), ...fieldsOf(attached).slice(1))],
    ['no signer infos', messageOf(...fieldsOf(attached).slice(0, -1))],
    [
      '17 signers',
      messageOf(
        ...fieldsOf(attached).slice(0, -1),
        encode(0x31, ...Array.from({ length: 17 }, () => fromHex('3000'))),
      ),
    ],
    [
      'a certificate that is none',
      messageOf(
        ...fieldsOf(attached).slice(0, 3),
        encode(contextTag(0), fromHex('3000')),
        ...fieldsOf(attached).slice(4),
      ),
    ],
    [
      'attributes without a digest',
      withSignedAttributes(encodeSetOf(attribute(oid.contentType, encodeObjectIdentifier(oid.gmData)))),
    ],
    [
      'attributes with two digests',
      withSignedAttributes(
        encodeSetOf(
          attribute(oid.contentType, encodeObjectIdentifier(oid.gmData)),
          attribute(oid.messageDigest, encodeOctetString(sm3(content))),
          attribute(oid.messageDigest, encodeOctetString(sm3(utf8('x')))),
        ),
      ),
    ],
    [
      'an attribute of two values',
      withSignedAttributes(
        encodeSetOf(
          attribute(oid.contentType, encodeObjectIdentifier(oid.gmData)),
          encodeSequence(
            encodeObjectIdentifier(oid.messageDigest),
            encodeSetOf(encodeOctetString(sm3(content)), encodeOctetString(sm3(utf8('x')))),
          ),
        ),
      ),
    ],
  ])('malformed: %s', (_, message) => {
    expect(verifySignedData(message)).toEqual(refused('malformed'));
  });

  it('signerMissing when nobody signed', () => {
    expect(verifySignedData(messageOf(...fieldsOf(attached).slice(0, -1), encode(0x31)))).toEqual(
      refused('signerMissing'),
    );
  });

  it('contentMissing when it is detached and no content is given', () => {
    expect(verifySignedData(detached)).toEqual(refused('contentMissing'));
  });

  it('contentMismatch when the content inside is not the one given', () => {
    expect(verifySignedData(attached, { content: utf8('x') })).toEqual(refused('contentMismatch'));
  });

  it('signatureInvalid over another content', () => {
    expect(verifySignedData(detached, { content: utf8('x') })).toEqual(refused('signatureInvalid'));
  });

  it('digestMismatch when the attributes belong to another content or type', () => {
    const other = create({ form: 'detached', signedAttributes: { signingTime } });
    const wrongType = encodeSignedAttributes({ contentType: oid.gmSignedData, messageDigest: sm3(content) });
    expect(verifySignedData(other, { content: utf8('x') })).toEqual(refused('digestMismatch'));
    expect(verifySignedData(withSignedAttributes(wrongType))).toEqual(refused('digestMismatch'));
  });

  it('signatureInvalid by another key', () => {
    const forged = create({ signer: { certificate: signer.certificate, privateKey: root.privateKey } });
    expect(verifySignedData(forged)).toEqual(refused('signatureInvalid'));
  });

  it('signatureInvalid when one of two signers’ does not hold', () => {
    const second = issueSubscriber(intermediate);
    const forged = create({ signer: { certificate: second.certificate, privateKey: root.privateKey } });
    const infos = [attached, forged].map(
      (der) => parseDer(fieldsOf(der).at(-1) ?? der).children[0]?.raw ?? der,
    );
    const both = messageOf(
      ...fieldsOf(attached).slice(0, 3),
      encode(contextTag(0), signer.certificate, second.certificate),
      encodeSetOf(...infos),
    );
    expect(verifySignedData(both)).toEqual(refused('signatureInvalid'));
  });

  it('certificateMissing when it is neither inside nor given', () => {
    const fields = fieldsOf(attached);
    const bare = messageOf(...fields.slice(0, 3), ...fields.slice(4));
    expect(verifySignedData(bare)).toEqual(refused('certificateMissing'));
    expect(verifySignedData(bare, { certificates: [parseCertificate(signer.certificate)] }).ok).toBe(true);
  });

  test.each([
    ['digest', 2, '1.2.156.10197.1.402'],
    ['signature', 3, '1.2.156.10197.1.302'],
  ])('unsupportedAlgorithm for another %s', (_, index, id) => {
    const message = withSignerInfo(attached, (fields) =>
      fields.with(index, encodeSequence(encodeObjectIdentifier(id))),
    );
    expect(verifySignedData(message)).toEqual(refused('unsupportedAlgorithm'));
  });

  it('ambiguousContent when signed attributes are passed off as content', () => {
    const attributes = encodeSignedAttributes({
      contentType: oid.gmData,
      messageDigest: sm3(content),
      signingTime,
    });
    expect(verifySignedData(create({ content: attributes }))).toEqual(refused('ambiguousContent'));
    expect(verifySignedData(create({ content: utf8('1 is no SET') })).ok).toBe(true);
  });
});

describe('a SignedData verifies', () => {
  test.each([
    ['attached', create(), undefined],
    ['detached', create({ form: 'detached' }), content],
    ['attached with attributes', create({ signedAttributes: { signingTime } }), undefined],
    ['detached with attributes', create({ form: 'detached', signedAttributes: { signingTime } }), content],
    ['empty', create({ content: new Uint8Array() }), undefined],
  ])('%s', (name, message, given) => {
    const result = verifySignedData(message, given === undefined ? {} : { content: given });
    expect(result).toMatchObject({
      ok: true,
      content: name === 'empty' ? new Uint8Array() : content,
      signers: [{ certificate: { raw: signer.certificate } }],
      certificates: [{ raw: signer.certificate }, { raw: intermediate.certificate }],
    });
  });

  it('with the time that the signer claims', () => {
    expect(verifySignedData(withAttributes)).toMatchObject({ signers: [{ signingTime }] });
    expect(verifySignedData(attached)).toMatchObject({
      signers: [expect.not.objectContaining({ signingTime })],
    });
  });

  it('under each name that the signature algorithm goes by', () => {
    for (const id of [oid.sm2Sign, oid.sm2WithSm3, oid.sm2]) {
      const message = withSignerInfo(attached, (fields) =>
        fields.with(3, encodeSequence(encodeObjectIdentifier(id))),
      );
      expect(verifySignedData(message).ok).toBe(true);
    }
  });

  it('and its certificates lead to the anchor', () => {
    const result = verifySignedData(attached);
    const [leaf = root.certificate, ...intermediates] = result.ok
      ? result.certificates.map(({ raw }) => raw)
      : [];
    const built = buildChain({ leaf, intermediates, anchors, at: moment, purpose: 'digitalSignature' });
    expect(built.ok).toBe(true);
  });

  // The sample lies beside the repository, not in it.
  const sample = projectPath('../shared/data/cfca-signed-attached.der');
  it.skipIf(!existsSync(sample))('when CFCA’s own tool made it', async () => {
    const result = verifySignedData(new Uint8Array(await readFile(sample)));
    expect(result).toMatchObject({
      ok: true,
      content: utf8('Hello Secret World!'),
      signers: [{ certificate: { subject: { text: 'CN=Jon Snow,O=Acme Co' }, serialNumber: 'a9dc1a90' } }],
    });
  });
});

describe('the openssl command agrees', () => {
  let folder: TemporaryFolder;
  const path = (name: string) => join(folder.path, name);

  beforeAll(async () => {
    folder = await createTemporaryFolder();
    await writeFile(path('signer.pem'), toPem('CERTIFICATE', signer.certificate));
    await writeFile(
      path('public.pem'),
      await openssl(['x509', '-in', path('signer.pem'), '-noout', '-pubkey']),
    );
  }, 60_000);

  afterAll(() => folder.remove());

  it('with the signature over the signed attributes and with their digest', async () => {
    const [, , , attributes, , signature] = signerInfoOf(withAttributes);
    const signed = concatBytes(Uint8Array.of(0x31), (attributes?.raw ?? content).subarray(1));
    await writeFile(path('attributes'), signed);
    await writeFile(path('signature'), signature?.content ?? content);
    const files = [
      '-pubin',
      '-inkey',
      path('public.pem'),
      '-in',
      path('attributes'),
      '-sigfile',
      path('signature'),
    ];
    const options = ['-rawin', '-digest', 'sm3', '-pkeyopt', `distid:${defaultUserId}`];
    const said = await openssl(['pkeyutl', '-verify', ...files, ...options]);
    const digest = await openssl(['dgst', '-sm3', '-binary'], content);
    expect(said.toString('utf8')).toContain('Verified Successfully');
    expect(toHex(signed)).toContain(toHex(digest));
  });

  it('with a detached message without attributes, as CMS of standard types', async () => {
    const standard = [
      [oid.gmSignedData, '1.2.840.113549.1.7.2'],
      [oid.gmData, '1.2.840.113549.1.7.1'],
    ] as const;
    const rewrite = ({ tag, raw, children }: DerElement): Uint8Array => {
      const [, other] = standard.find(([gm]) => toHex(raw) === toHex(encodeObjectIdentifier(gm))) ?? [];
      if (other !== undefined) return encodeObjectIdentifier(other);
      return children.length === 0 ? raw : encode(tag, ...children.map(rewrite));
    };
    await writeFile(path('cms'), rewrite(parseDer(detached)));
    // It knows no user id in CMS, so Z is put before the content by hand.
    await writeFile(path('content'), concatBytes(userDigest(signer.publicKey), content));
    const files = ['-in', path('cms'), '-inform', 'DER', '-content', path('content')];
    const verified = await openssl(['cms', '-verify', '-binary', '-noverify', ...files]);
    expect(verified.subarray(32).equals(content)).toBe(true);
  });

  it('with the encoding', async () => {
    await writeFile(path('message'), withAttributes);
    const said = await openssl(['asn1parse', '-inform', 'DER', '-in', path('message')]);
    expect(said.toString('utf8')).toContain(oid.gmSignedData);
    expect(said.toString('utf8')).toContain('messageDigest');
  });
});

function attribute(type: string, value: Uint8Array): Uint8Array {
  return encodeSequence(encodeObjectIdentifier(type), encodeSetOf(value));
}
