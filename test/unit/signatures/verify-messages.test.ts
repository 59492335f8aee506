import * as v from 'valibot';
import { describe, expect, it, test, vi } from 'vitest';
import { parseCertificate } from '../../../src/gm/certificate.ts';
import { createSignedData, type SignedDataRequest } from '../../../src/gm/signed-data-builder.ts';
import { memorySource } from '../../../src/lib/byte-source.ts';
import { toBase64, utf8 } from '../../../src/lib/bytes.ts';
import { verificationReportSchema } from '../../../src/protocol/verification.ts';
import { hostileMessages } from '../../fixtures/hostile-messages.ts';
import { issueRoot, issueSubscriber, moment } from '../gm/test-pki.ts';
import { holder, sealIssuer, sealRoot } from '../gm/test-seals.ts';
import { codesOf, dataFile, now, revocationList, trusting, verify } from './trusted-world.ts';

// Other programs may need the processors at the same time.
vi.setConfig({ testTimeout: 60_000 });

const content = utf8('投标函');
const sign = (change: Partial<SignedDataRequest> = {}) =>
  createSignedData({
    content,
    form: 'attached',
    signer: holder,
    signedAttributes: { signingTime: moment },
    ...change,
  });
const message = sign();
const serialNumber = parseCertificate(holder.certificate).serialNumber;
const url = 'http://ca.example/list.crl';
const withPoint = issueSubscriber(sealIssuer, 'signing', { crlDistributionPoints: [url] });

describe('a hostile or broken message', () => {
  test.each(hostileMessages)('is reported, and never valid: $kind', async ({ message: hostile, finding }) => {
    const report = await verify(hostile);
    expect(codesOf(report)).toContain(finding);
    expect(['invalid', 'cannotTell']).toContain(report.verdict);
    expect(v.is(verificationReportSchema, report)).toBe(true);
  });

  it('is not valid with any byte altered, unless it says the same', async () => {
    const plainReport = JSON.stringify(await verify(message));
    for (let index = 0; index < message.length; index += 7) {
      const altered = message.slice();
      altered[index] = (altered[index] ?? 0) ^ 0x10;
      const report = await verify(altered);
      const isSound = report.verdict !== 'valid' || JSON.stringify(report) === plainReport;
      expect(isSound, `byte ${index}`).toBe(true);
    }
  });

  it('ends at once when nobody waits any more', async () => {
    const reason = new Error('enough');
    await expect(verify(message, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('whose content cannot be read is not judged', async () => {
    const gone = new Error('the file changed');
    const detached = sign({ form: 'detached' });
    const source = { size: content.length, read: () => Promise.reject(gone) };
    await expect(verify(detached, { content: source })).rejects.toBe(gone);
  });
});

describe('a detached message', () => {
  const detached = sign({ form: 'detached' });

  it('is invalid over another content', async () => {
    const report = await verify(detached, { content: memorySource(utf8('投标书')) });
    expect(report.verdict).toBe('invalid');
    expect(codesOf(report)).toContain('digestMismatch');
  });

  it('is valid over its content', async () => {
    expect((await verify(detached, { content: memorySource(content) })).verdict).toBe('valid');
  });

  it('that is attached after all is invalid beside another content', async () => {
    const report = await verify(message, { content: memorySource(utf8('投标书')) });
    expect(codesOf(report)).toContain('contentMismatch');
    expect(report.verdict).toBe('invalid');
  });
});

describe('trust', () => {
  it('cannot be told without any anchor', async () => {
    const report = await verify(message, { anchors: [] });
    expect(report.verdict).toBe('cannotTell');
    expect(codesOf(report)).toContain('noTrustAnchors');
  });

  it('is refused where there are anchors, and none of them issued it', async () => {
    const report = await verify(message, { anchors: [parseCertificate(issueRoot().certificate)] });
    expect(report.verdict).toBe('invalid');
    expect(codesOf(report)).toContain('chainUntrusted');
  });

  it('does not suffer from an intermediate that cannot be read', async () => {
    const intermediates = [Uint8Array.of(1, 2, 3), sealIssuer.certificate];
    expect((await verify(message, { intermediates })).verdict).toBe('valid');
  });

  it('is judged at the time of signing, with a warning once the certificate has expired', async () => {
    const later = new Date('2027-06-01T00:00:00Z');
    const report = await verify(message, { now: later });
    expect(report.verdict).toBe('validWithWarnings');
    expect(codesOf(report)).toContain('certificateExpiredNow');
  });

  it('cannot be told of an expired certificate where no time is stated', async () => {
    const untimed = createSignedData({ content, form: 'attached', signer: holder });
    const report = await verify(untimed, { now: new Date('2027-06-01T00:00:00Z') });
    expect(report.verdict).toBe('cannotTell');
    expect(codesOf(report)).toContain('certificateExpiredTimeUnknown');
  });
});

describe('revocation', () => {
  const revokedAt = (date: Date, reason?: 'superseded' | 'keyCompromise') =>
    verify(message, {
      crls: [
        revocationList(sealRoot),
        revocationList(sealIssuer, [
          { serialNumber, revokedAt: date, ...(reason === undefined ? {} : { reason }) },
        ]),
      ],
    });
  const before = new Date(moment.getTime() - 60_000);
  const after = new Date(moment.getTime() + 60_000);

  it('before signing makes it invalid', async () => {
    expect(codesOf(await revokedAt(before, 'superseded'))).toContain('revoked');
    expect((await revokedAt(before, 'superseded')).verdict).toBe('invalid');
  });

  test.each([undefined, 'keyCompromise'] as const)(
    'after signing makes it invalid, reason %s',
    async (reason) => {
      const report = await revokedAt(after, reason);
      expect(codesOf(report)).toContain('revoked');
      expect(report.verdict).toBe('invalid');
    },
  );

  it('after signing warns where the key is safe', async () => {
    const report = await revokedAt(after, 'superseded');
    expect(codesOf(report)).toContain('revokedSinceSigning');
    expect(report.verdict).toBe('validWithWarnings');
  });

  it('of an authority makes it invalid', async () => {
    const entry = { serialNumber: parseCertificate(sealIssuer.certificate).serialNumber, revokedAt: before };
    const report = await verify(message, {
      crls: [revocationList(sealRoot, [entry]), revocationList(sealIssuer)],
    });
    expect(report.verdict).toBe('invalid');
  });

  it('that is not known warns', async () => {
    const report = await verify(message, { crls: [] });
    expect(report.verdict).toBe('validWithWarnings');
    expect(codesOf(report)).toContain('revocationUnknown');
  });

  it('by a list that is out of date warns', async () => {
    const old = {
      thisUpdate: new Date('2026-05-01T00:00:00Z'),
      nextUpdate: new Date('2026-06-01T00:00:00Z'),
    };
    const report = await verify(message, {
      crls: [revocationList(sealRoot), revocationList(sealIssuer, [], old)],
    });
    expect(report.verdict).toBe('validWithWarnings');
    expect(codesOf(report)).toContain('revocationStale');
  });

  it('is not told by a list that another signed, or by no list at all', async () => {
    const forged = revocationList({ ...holder, certificate: sealIssuer.certificate });
    const report = await verify(message, { crls: [revocationList(sealRoot), forged, utf8('404')] });
    expect(codesOf(report)).toContain('revocationUnknown');
  });

  it('is asked at the address in a trusted certificate', async () => {
    const asked: string[] = [];
    const report = await verify(sign({ signer: withPoint }), {
      crls: [revocationList(sealRoot)],
      fetchCrl: (address) => (asked.push(address), Promise.resolve(revocationList(sealIssuer))),
    });
    expect(asked).toEqual([url]);
    expect(report.verdict).toBe('valid');
  });

  it('is asked at no address of a certificate that is not trusted', async () => {
    const asked: string[] = [];
    await verify(sign({ signer: withPoint }), {
      anchors: [parseCertificate(issueRoot().certificate)],
      crls: [],
      fetchCrl: (address) => (asked.push(address), Promise.resolve(undefined)),
    });
    expect(asked).toEqual([]);
  });

  it('is unknown when the address does not answer', async () => {
    const report = await verify(sign({ signer: withPoint }), {
      crls: [revocationList(sealRoot)],
      fetchCrl: () => Promise.reject(new Error('no network')),
    });
    expect(codesOf(report)).toContain('revocationUnknown');
    expect(report.verdict).toBe('validWithWarnings');
  });

  it('is asked at eight addresses at most', async () => {
    const many = issueSubscriber(sealIssuer, 'signing', {
      crlDistributionPoints: Array.from({ length: 20 }, (_, index) => `http://ca.example/${index}.crl`),
    });
    let asked = 0;
    await verify(sign({ signer: many }), {
      crls: [],
      fetchCrl: () => ((asked += 1), Promise.resolve(undefined)),
    });
    expect(asked).toBe(8);
  });
});

describe('a message that is sound', () => {
  it('names signer, time, and that the time is the signer’s word', async () => {
    const report = await verify(message);
    expect(report).toMatchObject({
      kind: 'message',
      verdict: 'valid',
      signatures: [
        {
          kind: 'cms',
          coverage: 'content',
          signedAt: moment.toISOString(),
          signer: { name: '张三', organization: '湛江某建设有限公司', creditCode: '91440800MA4UABCD12' },
        },
      ],
    });
    expect(codesOf(report)).toEqual(['signedTimeIsSignersWord']);
  });

  test.each<[string, string]>([
    ['base64', toBase64(message)],
    [
      'PEM',
      `-----BEGIN CMS-----\r\n${toBase64(message).replaceAll(/(.{64})/g, '$1\r\n')}\r\n-----END CMS-----\r\n`,
    ],
  ])('is read from %s too', async (_, text) => {
    expect((await verify(utf8(text))).verdict).toBe('valid');
  });

  it('of pkcs7’s names is read too', async () => {
    expect((await verify(sign({ flavour: 'pkcs7' }))).verdict).toBe('valid');
  });

  it('tells how far the reading has come', async () => {
    const steps: [number, number][] = [];
    await verify(message, { onProgress: (done, total) => steps.push([done, total]) });
    expect(steps.at(-1)?.[0]).toBe(message.length);
    expect(steps.every(([done, total]) => done <= total)).toBe(true);
  });
});

describe('the message that CFCA’s tools made', () => {
  it('holds, and cannot be told without its anchor', async () => {
    const report = await verify(await dataFile('cfca-signed-attached.der'), { anchors: [], now });
    expect(report.verdict).toBe('cannotTell');
    expect(codesOf(report)).toEqual(['signedTimeMissing', 'certificateExpiredTimeUnknown', 'noTrustAnchors']);
  });

  it('is untrusted where others are trusted, and invalid when altered', async () => {
    const cfca = await dataFile('cfca-signed-attached.der');
    expect(codesOf(await verify(cfca, trusting))).toContain('chainUntrusted');
    const altered = cfca.slice();
    const at = Buffer.from(cfca).indexOf('Hello');
    altered[at] = 0x4a;
    expect(codesOf(await verify(altered, { anchors: [] }))).toEqual(['signatureInvalid']);
  });
});
