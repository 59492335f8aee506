// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { findingCodes, type FindingCode } from '../../../../src/protocol/finding-codes.ts';
import { findingTexts } from '../../../../src/protocol/verification-findings.ts';
import {
  coverages,
  finding,
  verdicts,
  type SignatureReport,
  type VerificationReport as Report,
} from '../../../../src/protocol/verification.ts';
import { uiTexts } from '../../../../src/extension/ui/text/text-context.ts';
import { VerificationReport } from '../../../../src/extension/ui/verification-report.tsx';
import { element, pageText, renderPage } from './page-harness.tsx';

vi.mock('webextension-polyfill', () => ({ default: {} }));

const zh = uiTexts['zh-CN'].verification;
const signature = {
  name: 'Signature1',
  kind: 'cms',
  verdict: 'valid',
  findings: [],
  signer: {
    name: '张三',
    organization: '某某公司',
    creditCode: '91440800MA4UABCD1X',
    serialNumber: '0a',
    issuer: 'CN=Test CA',
    notBefore: '2026-01-01T00:00:00Z',
    notAfter: '2028-01-01T00:00:00Z',
    fingerprint: 'ab'.repeat(32),
  },
  coverage: 'wholeFile',
} as const satisfies SignatureReport;
const seal = {
  id: '1',
  name: '公章',
  maker: '制章中心',
  validFrom: '2026-01-01T00:00:00Z',
  validTo: '2028-01-01T00:00:00Z',
};

const show = (report: Partial<Report>, locale: 'zh-CN' | 'en' = 'zh-CN'): Promise<void> =>
  renderPage(
    <VerificationReport
      name="标书.pdf"
      report={{ kind: 'pdf', verdict: 'valid', findings: [], signatures: [], ...report }}
    />,
    locale,
  );

test('the verdicts are apart by words, by colour and by picture', async () => {
  const looks: (string | undefined)[][] = [];
  for (const verdict of verdicts) {
    await show({ verdict });
    const banner = element('.verdict');
    looks.push([
      element('.verdict-title').textContent ?? '',
      /tone-\w+/.exec(banner.className)?.[0],
      banner.querySelector('path')?.getAttribute('d') ?? '',
    ]);
  }
  for (const aspect of [0, 1, 2]) expect(new Set(looks.map((look) => look[aspect])).size).toBe(4);
});

test('markup in names of signers, seals and parts stays text', async () => {
  const evil = '"><img src=x onerror=alert(1)>';
  await show({
    findings: [finding('digestMismatch', { part: evil })],
    signatures: [{ ...signature, name: evil, signer: { ...signature.signer, name: evil } }],
  });
  expect(document.querySelector('img')).toBeNull();
  expect(pageText()).toContain(evil);
});

test.each(['svg', 'ofd', 'svg+xml', 'png;base64,x" onload="'])(
  'a seal’s picture of type %s is not shown: it could be a document',
  async (type) => {
    const picture = { type, base64: 'AAAA', widthMm: 42, heightMm: 42 };
    await show({ signatures: [{ ...signature, seal: { ...seal, picture } }] });
    expect(document.querySelector('img')).toBeNull();
    expect(pageText()).toContain('公章');
  },
);

test('a seal’s picture is shown with its name and true size', async () => {
  const picture = { type: 'png', base64: 'AAAA', widthMm: 42.04, heightMm: 30 };
  await show({ signatures: [{ ...signature, seal: { ...seal, picture } }] });
  expect(element('img').getAttribute('src')).toBe('data:image/png;base64,AAAA');
  expect(element('img').getAttribute('alt')).toBe(zh.sealPicture('公章'));
  expect(pageText()).toContain(zh.sealSize('42', '30'));
});

for (const locale of ['zh-CN', 'en'] as const) {
  test.each(Object.keys(findingCodes) as FindingCode[])(
    `${locale}: the finding %s is explained`,
    async (code) => {
      await show({ findings: [finding(code)] }, locale);
      const { title, explanation } = findingTexts[code][locale];
      expect(pageText()).toContain(title);
      expect(pageText()).toContain(explanation);
      expect(pageText()).toContain(uiTexts[locale].verification.severities[findingCodes[code].severity]);
    },
  );

  test.each(coverages)(`${locale}: the coverage %s is said in words`, async (coverage) => {
    await show({ signatures: [{ ...signature, coverage }] }, locale);
    expect(pageText()).toContain(uiTexts[locale].verification.coverages[coverage]);
  });
}

test('the gravest finding comes first', async () => {
  await show({
    findings: [finding('changedAfterBySeal'), finding('changedAfterInForm'), finding('digestMismatch')],
  });
  expect(element('.findings li strong').textContent).toBe(findingTexts.digestMismatch['zh-CN'].title);
});

test('what was changed afterwards is named with its page, once', async () => {
  const changes: SignatureReport['changes'] = [
    { kind: 'form', page: 2 },
    { kind: 'form', page: 2 },
    { kind: 'other' },
  ];
  await show({ signatures: [{ ...signature, coverage: 'revision', changes }] });
  expect(element('.changes').textContent).toBe(
    zh.changes([zh.changeOnPage(zh.change.form, '2'), zh.change.other].join(zh.separator)),
  );
});

test('a signature whose signer cannot be read shows no made-up signer', async () => {
  const { signer: _, ...unread } = signature;
  await show({ signatures: [unread] });
  expect(pageText()).not.toContain(zh.organization);
  expect(pageText()).toContain(zh.noTime);
});
