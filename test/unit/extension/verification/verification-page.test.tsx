// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest';
import { toBase64 } from '../../../../src/lib/bytes.ts';
import { errorCatalogue } from '../../../../src/protocol/errors.ts';
import { finding, type VerificationReport } from '../../../../src/protocol/verification.ts';
import { createMockBackgroundClient } from '../../../../src/extension/ui/mock-background-client.ts';
import { uiTexts } from '../../../../src/extension/ui/text/text-context.ts';
import { VerificationPage } from '../../../../src/extension/verification/verification-page.tsx';
import { createAuthority } from '../../../../src/sandbox/authority/authority.ts';
import { element, pageText, renderPage, settle } from '../ui/page-harness.tsx';

const local = vi.hoisted(() => ({
  get: vi.fn<() => Promise<Record<string, unknown>>>(),
  set: vi.fn<(items: Record<string, unknown>) => Promise<void>>(),
}));
vi.mock('webextension-polyfill', () => ({ default: { storage: { local } } }));

const zh = uiTexts['zh-CN'].verification;
const { root, issuer } = createAuthority(Date.now);

const report = (changes: Partial<VerificationReport> = {}): VerificationReport => ({
  kind: 'pdf',
  verdict: 'valid',
  findings: [],
  signatures: [],
  ...changes,
});

beforeEach(() => {
  local.get.mockReset().mockResolvedValue({});
  local.set.mockReset().mockResolvedValue();
});

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    await settle();
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  await settle();
}

async function open(stored?: unknown) {
  if (stored !== undefined) local.get.mockResolvedValue({ trustAnchors: stored });
  const client = createMockBackgroundClient({ sessions: [] });
  client.answer('verifyFile', report());
  await renderPage(<VerificationPage client={client} />);
  await settled();
  return client;
}

async function choose(selector: string, ...files: File[]): Promise<void> {
  const input = element<HTMLInputElement>(selector);
  Object.defineProperty(input, 'files', { value: files, configurable: true });
  await settle(() => input.dispatchEvent(new Event('change', { bubbles: true })));
  await settled();
}

const fileChooser = '.drop input[type=file]';
const anchorChooser = '.anchors input[type=file]';
const pdf = (name = '标书.pdf'): File => new File(['%PDF'], name);

test('a name that turns the direction of text is shown and sent harmless', async () => {
  const client = await open();
  await choose(fileChooser, pdf('a\u202Efdp.exe'));
  expect(client.sent).toMatchObject([{ command: 'verifyFile', name: 'a_fdp.exe' }]);
  expect(pageText()).not.toContain('\u202E');
});

test('a report for a file that was replaced meanwhile is not shown for the new one', async () => {
  const client = await open();
  let tell: (late: VerificationReport) => void = () => undefined;
  client.answer('verifyFile', new Promise((resolve) => (tell = resolve)));
  await choose(fileChooser, pdf('old.pdf'));
  client.answer('verifyFile', report({ verdict: 'invalid' }));
  await choose(fileChooser, pdf('new.pdf'));
  tell(report({ verdict: 'valid' }));
  await settled();
  expect(element('.verdict').dataset['verdict']).toBe('invalid');
  expect(element('.verdict').textContent).toContain('new.pdf');
});

test('a failure is told as a failure, never as a verdict', async () => {
  const client = await open();
  client.refuse('verifyFile', 'CLIENT_NOT_FOUND');
  await choose(fileChooser, pdf());
  expect(element('[role=alert]').textContent).toContain(errorCatalogue.CLIENT_NOT_FOUND.text['zh-CN'].title);
  expect(document.querySelector('.verdict')).toBeNull();
});

test('a detached message asks for what it is over, and is checked again with it', async () => {
  const client = await open();
  client.answer(
    'verifyFile',
    report({ kind: 'message', verdict: 'cannotTell', findings: [finding('contentMissing')] }),
  );
  const message = new File(['0'], '签名.p7s');
  await choose(fileChooser, message);
  expect(pageText()).toContain(zh.contentMissing.title);
  client.answer('verifyFile', report({ kind: 'message' }));
  const content = new File(['text'], '原文.txt');
  await choose('.notice input[type=file]', content);
  expect(client.sent[1]).toMatchObject({ blob: message, content });
  expect(pageText()).toContain(zh.content('原文.txt'));
  expect(pageText()).not.toContain(zh.contentMissing.title);
});

test('a file dropped on the page is checked', async () => {
  const client = await open();
  const drop = new Event('drop', { cancelable: true });
  Object.assign(drop, { dataTransfer: { files: [pdf('拖入.pdf')] } });
  await settle(() => window.dispatchEvent(drop));
  expect(drop.defaultPrevented).toBe(true);
  expect(client.sent).toMatchObject([{ name: '拖入.pdf' }]);
});

test('what is stored and is no root certificate is not trusted', async () => {
  const client = await open(['AAAA', 7, null, toBase64(root), 'x'.repeat(10_000)]);
  await choose(fileChooser, pdf());
  expect(client.sent).toMatchObject([{ trustAnchors: [toBase64(root)] }]);
});

test('a root is added once, kept, listed with its fingerprint, and removed', async () => {
  await open();
  await choose(anchorChooser, new File([root as BlobPart], 'root.cer'));
  await choose(anchorChooser, new File([root as BlobPart], 'again.cer'));
  expect(local.set).toHaveBeenLastCalledWith({ trustAnchors: [toBase64(root)] });
  expect(document.querySelectorAll('.anchor')).toHaveLength(1);
  expect(element('.anchor code').textContent).toMatch(/^(?:[0-9a-f]{4} ?){16}$/);
  await settle(() => element<HTMLButtonElement>('.anchor .tool').click());
  await settled();
  expect(local.set).toHaveBeenLastCalledWith({ trustAnchors: [] });
  expect(document.querySelector('.anchor')).toBeNull();
});

test('a file that is no root is named and changes nothing; the others are added', async () => {
  await open([toBase64(root)]);
  const bad = new File(['no'], 'bad.pem');
  await choose(anchorChooser, bad, new File([issuer as BlobPart], 'issuer.der'));
  expect(pageText()).toContain(zh.anchors.unreadable('bad.pem'));
  expect(local.set).toHaveBeenCalledWith({ trustAnchors: [toBase64(root), toBase64(issuer)] });
});

test('a root that could not be kept is not claimed to be trusted', async () => {
  local.set.mockRejectedValue(new Error('quota'));
  await open();
  await choose(anchorChooser, new File([root as BlobPart], 'root.cer'));
  expect(pageText()).toContain(zh.anchors.notSaved);
  expect(document.querySelector('.anchor')).toBeNull();
});

test('a report that was made under other roots says so', async () => {
  await open();
  await choose(fileChooser, pdf());
  expect(pageText()).not.toContain(zh.anchors.again);
  await choose(anchorChooser, new File([root as BlobPart], 'root.cer'));
  expect(pageText()).toContain(zh.anchors.again);
});
