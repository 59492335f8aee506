import * as v from 'valibot';
import { describe, expect, it, test, vi } from 'vitest';
import { parseCertificate } from '../../../src/gm/certificate.ts';
import type { SealRequest } from '../../../src/gm/seal-builder.ts';
import { createSignedData } from '../../../src/gm/signed-data-builder.ts';
import { sm3 } from '../../../src/gm/sm3.ts';
import { utf8 } from '../../../src/lib/bytes.ts';
import { reportLimits, verificationReportSchema } from '../../../src/protocol/verification.ts';
import { hostileOfds } from '../../fixtures/hostile-ofds.ts';
import { buildZip, type ZipFile } from '../../support/build-zip.ts';
import { flipBit, ofdFiles, replaceText, withFile } from '../../support/ofd-files.ts';
import { issueRoot, issueSubscriber, moment } from '../gm/test-pki.ts';
import {
  holder,
  maker,
  makeSeal,
  makeSealSignature,
  sealIssuer,
  sealRoot,
  toBeSealed,
} from '../gm/test-seals.ts';
import { codesOf, dataFile, revocationList, sealedOfdFiles, verify } from './trusted-world.ts';

// Other programs may need the processors at the same time.
vi.setConfig({ testTimeout: 60_000 });

const files = await sealedOfdFiles();
const signaturePath = 'Doc_0/Signs/Sign_0/Signature.xml';
const valuePath = 'Doc_0/Signs/Sign_0/SignedValue.dat';
const signatureXml = files.find(({ name }) => name === signaturePath)?.content ?? utf8('');

const withValue = (value: Uint8Array) => buildZip(withFile(files, valuePath, () => value));
const sealedWith = (change: Partial<SealRequest>, time = moment) =>
  withValue(makeSealSignature(toBeSealed({ seal: makeSeal(change), dataHash: sm3(signatureXml), time })));

const foreign = ofdFiles(await dataFile('v4signed.ofd'));
const foreignParts = foreign.map(({ name }) => name).filter((name) => !name.includes('Signs/'));

describe('a hostile or broken OFD', () => {
  test.each(hostileOfds)('is reported, and never valid: $kind', async ({ build }) => {
    const report = await verify(build(files));
    expect(['invalid', 'cannotTell']).toContain(report.verdict);
    expect(codesOf(report)).not.toEqual([]);
    expect(v.is(verificationReportSchema, report)).toBe(true);
  });

  test.each(files.map(({ name }) => name).filter((name) => !name.endsWith('Signatures.xml')))(
    'is not valid with one bit of %s altered',
    async (name) => {
      const altered = withFile(files, name, (content) => flipBit(content, content.length - 2));
      expect(['invalid', 'cannotTell']).toContain((await verify(buildZip(altered))).verdict);
    },
  );

  it('names the part that was altered', async () => {
    const altered = withFile(files, 'Doc_0/Res/qr.png', (content) => flipBit(content, 20));
    const report = await verify(buildZip(altered));
    expect(report.verdict).toBe('invalid');
    expect(report.signatures[0]?.findings).toContainEqual({
      code: 'digestMismatch',
      severity: 'error',
      data: { part: 'Doc_0/Res/qr.png', count: 1 },
    });
  });

  it('names the part that nothing protects', async () => {
    const report = await verify(buildZip([...files, { name: 'Doc_0/New.xml', content: utf8('<x/>') }]));
    expect(report.verdict).toBe('invalid');
    expect(report.signatures[0]).toMatchObject({ coverage: 'partial' });
    expect(codesOf(report)).toContain('partNotCovered');
  });

  it('keeps its sound signature apart from a broken one beside it', async () => {
    const list = withFile(files, 'Doc_0/Signs/Signatures.xml', (xml) =>
      replaceText(
        xml,
        '</ofd:Signatures>',
        '<ofd:Signature ID="2" BaseLoc="Sign_1/Signature.xml"/></ofd:Signatures>',
      ),
    );
    const report = await verify(
      buildZip([...list, { name: 'Doc_0/Signs/Sign_1/Signature.xml', content: utf8('<x/>') }]),
    );
    expect(report.verdict).toBe('invalid');
    expect(report.signatures.map(({ verdict }) => verdict)).toEqual(['valid', 'invalid']);
  });
});

describe('a seal', () => {
  test.each<[string, Uint8Array, string]>([
    [
      'that is another’s',
      sealedWith({ holders: { certificates: [maker.certificate] } }),
      'sealForAnotherCertificate',
    ],
    ['that had expired', sealedWith({ validTo: new Date('2026-06-01T00:00:00Z') }), 'sealExpired'],
    [
      'that was not yet valid',
      sealedWith({ validFrom: new Date('2026-08-01T00:00:00Z') }),
      'sealNotYetValid',
    ],
    [
      'made before its maker’s certificate',
      sealedWith({ createdAt: new Date('2020-01-01T00:00:00Z') }),
      'sealMakerUntrusted',
    ],
    ['used tomorrow', sealedWith({}, new Date(moment.getTime() + 86_400_000)), 'signedTimeInFuture'],
    ['altered inside', withValue(alteredSeal()), 'sealMakerSignatureInvalid'],
    [
      'signed by a certificate put in its place',
      withValue(makeSealSignature(toBeSealed({ dataHash: sm3(signatureXml) }), issueSubscriber(sealIssuer))),
      'sealForAnotherCertificate',
    ],
    [
      'signed with an encryption certificate',
      withValue(signedWith(issueSubscriber(sealIssuer, 'encryption'))),
      'wrongKeyUsage',
    ],
    [
      'signed with a certificate that had expired',
      withValue(
        signedWith(issueSubscriber(sealIssuer, 'signing', { notAfter: new Date('2026-06-01T00:00:00Z') })),
      ),
      'certificateExpiredAtSigning',
    ],
    [
      'signed with a certificate of an unknown authority',
      withValue(signedWith(issueSubscriber(issueRoot({ commonName: '另一个根' })))),
      'chainUntrusted',
    ],
    ['over another document', withValue(makeSealSignature()), 'digestMismatch'],
  ])('%s is invalid', async (_, ofd, code) => {
    const report = await verify(ofd);
    expect(codesOf(report)).toContain(code);
    expect(report.verdict).toBe('invalid');
  });

  it('whose maker was revoked is invalid', async () => {
    const { serialNumber } = parseCertificate(maker.certificate);
    const entry = { serialNumber, revokedAt: new Date('2026-01-15T00:00:00Z') };
    const crls = [revocationList(sealRoot), revocationList(sealIssuer, [entry])];
    const report = await verify(buildZip(files), { crls });
    expect(codesOf(report)).toContain('sealMakerRevoked');
    expect(report.verdict).toBe('invalid');
  });

  it('that has expired since warns', async () => {
    const report = await verify(sealedWith({ validTo: new Date('2026-07-01T08:30:00Z') }));
    expect(codesOf(report)).toContain('sealExpiredNow');
    expect(report.verdict).toBe('validWithWarnings');
  });

  it('that lists digests of its holders is valid', async () => {
    const report = await verify(sealedWith({ holders: { digests: [sm3(holder.certificate)] } }));
    expect(report.verdict).toBe('valid');
  });

  it('whose picture is too large for a report is reported without it', async () => {
    const data = new Uint8Array(reportLimits.picture);
    const report = await verify(sealedWith({ picture: { type: 'png', data, widthMm: 42, heightMm: 42 } }));
    expect(report.verdict).toBe('valid');
    expect(report.signatures[0]?.seal?.picture).toBeUndefined();
    expect(v.is(verificationReportSchema, report)).toBe(true);
  });
});

describe('an OFD that is sound', () => {
  it('names seal, signer, time, pages and coverage', async () => {
    const report = await verify(buildZip(files));
    expect(report).toMatchObject({
      kind: 'ofd',
      verdict: 'valid',
      findings: [],
      signatures: [
        {
          name: signaturePath,
          kind: 'seal',
          coverage: 'wholeFile',
          pages: [1],
          signedAt: moment.toISOString(),
          signer: { organization: '湛江某建设有限公司' },
          seal: {
            id: 'ZJ4408000001',
            name: '湛江某建设有限公司公章',
            maker: '制章人',
            picture: { type: 'png', widthMm: 42 },
          },
        },
      ],
    });
    expect(codesOf(report)).toEqual(['signedTimeIsSignersWord']);
  });

  it('stays valid when a further seal is added', async () => {
    expect((await verify(buildZip(withSecondSeal()))).signatures.map(({ verdict }) => verdict)).toEqual([
      'valid',
      'valid',
    ]);
  });

  it('of a plain signature is judged by it', async () => {
    const value = createSignedData({
      content: signatureXml,
      form: 'detached',
      signer: holder,
      signedAttributes: { signingTime: moment },
    });
    const report = await verify(withValue(value));
    expect(report.verdict).toBe('valid');
    expect(report.signatures[0]?.kind).toBe('cms');
  });
});

describe('the OFD that another implementation sealed', () => {
  it('holds in every part; its authority cannot be told without an anchor', async () => {
    const report = await verify(await dataFile('v4signed.ofd'), { anchors: [] });
    expect(report.verdict).toBe('cannotTell');
    expect(codesOf(report)).toEqual([
      'signedTimeIsSignersWord',
      'noTrustAnchors',
      'sealExpiredNow',
      'sealMakerUnknown',
    ]);
    expect(report.signatures[0]?.signer?.issuer).toBe('CN=税务测试CA2(SM2),C=CN');
  });

  it('is untrusted where others are trusted', async () => {
    expect((await verify(await dataFile('v4signed.ofd'))).verdict).toBe('invalid');
  });

  test.each(foreignParts)('is invalid with one byte of %s altered', async (name) => {
    const altered = withFile(foreign, name, (content) => alterText(content));
    expect((await verify(buildZip(altered), { anchors: [] })).verdict).toBe('invalid');
  });
});

/** One character altered that is no part of a tag. */
function alterText(content: Uint8Array): Uint8Array {
  const end = content.lastIndexOf(0x3e, content.length - 2);
  return flipBit(content, content[0] === 0x89 ? 20 : content.lastIndexOf(0x22, end) - 1);
}

function signedWith(signer: ReturnType<typeof issueSubscriber>): Uint8Array {
  const seal = makeSeal({ holders: { certificates: [signer.certificate] } });
  return makeSealSignature(toBeSealed({ seal, dataHash: sm3(signatureXml) }), signer);
}

/** The holder's signature over a seal whose name it changed itself. */
function alteredSeal(): Uint8Array {
  const seal = Buffer.from(makeSeal());
  const at = seal.indexOf('公章');
  seal.write('假章', at);
  return makeSealSignature(toBeSealed({ seal: new Uint8Array(seal), dataHash: sm3(signatureXml) }));
}

function withSecondSeal(): ZipFile[] {
  const second = replaceText(signatureXml, 'Sign_0/SignedValue.dat', 'Sign_1/SignedValue.dat');
  const value = makeSealSignature(toBeSealed({ dataHash: sm3(second) }));
  const list = withFile(files, 'Doc_0/Signs/Signatures.xml', (xml) =>
    replaceText(
      xml,
      '</ofd:Signatures>',
      '<ofd:Signature ID="2" BaseLoc="Sign_1/Signature.xml"/></ofd:Signatures>',
    ),
  );
  return [
    ...list,
    { name: 'Doc_0/Signs/Sign_1/Signature.xml', content: second },
    { name: 'Doc_0/Signs/Sign_1/SignedValue.dat', content: value },
  ];
}
