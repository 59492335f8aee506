// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { errorCatalogue } from '../../../../src/protocol/errors.ts';
import type { MirrorView } from '../../../../src/protocol/mirror-view.ts';
import { MirrorWindow } from '../../../../src/extension/prompt/mirror-window.tsx';
import {
  createMockBackgroundClient,
  type MockBackgroundClient,
} from '../../../../src/extension/ui/mock-background-client.ts';
import { uiTexts } from '../../../../src/extension/ui/text/text-context.ts';
import { mirrorId, mirrorView, seenCertificate } from '../ui/mirror-view.ts';
import { element, pageText, press, renderPage, settle } from '../ui/page-harness.tsx';
import { wireError } from '../ui/session-view.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));

const zh = uiTexts['zh-CN'];
const text = zh.mirror.readiness;
const day = 86_400_000;

async function open(changes: Partial<MirrorView>, prepare: (client: MockBackgroundClient) => void) {
  const client = createMockBackgroundClient({ sessions: [], mirrors: [mirrorView(changes)] });
  client.answer('checkClients', [
    { kind: 'signature', found: true, version: '0.1.0' },
    { kind: 'encryption', found: true, version: '0.1.0' },
  ]);
  prepare(client);
  await renderPage(<MirrorWindow mirrorId={mirrorId} client={client} close={() => undefined} />);
  for (let turn = 0; turn < 4; turn += 1) await settle();
  return client;
}

const missingEncryption = (client: MockBackgroundClient): void =>
  client.answer('checkClients', [
    { kind: 'signature', found: true, version: '0.1.0' },
    { kind: 'encryption', found: false, error: wireError('CLIENT_NOT_FOUND') },
  ]);

test('a login asks nothing of this computer', async () => {
  const client = await open({ scene: 'login' }, missingEncryption);
  expect(document.querySelector('.readiness')).toBeNull();
  expect(client.sent.map(({ command }) => command)).toEqual(['directory']);
});

test('a client that is needed and missing stands above the QR', async () => {
  await open({ scene: 'encrypt' }, missingEncryption);
  const { title, remedy } = errorCatalogue.CLIENT_NOT_FOUND.text['zh-CN'];
  expect(element('article [role=alert]').textContent).toBe(
    `${zh.popup.clients.encryption} · ${title}${remedy}`,
  );
});

test('a client that is missing and not needed stands below alone', async () => {
  await open({ scene: 'signature' }, missingEncryption);
  expect(document.querySelector('article [role=alert]')).toBeNull();
  expect(element('.readiness').textContent).toContain(errorCatalogue.CLIENT_NOT_FOUND.text['zh-CN'].title);
});

test('a certificate that ends before the opening on the page stands above the QR', async () => {
  const now = Date.now();
  await open({ scene: 'encrypt', openingTime: now + 20 * day }, (client) =>
    client.answer('seenCertificates', [seenCertificate(now, 10)]),
  );
  expect(element('article [role=alert]').textContent).toContain(text.endsBeforeOpening);
  expect(element('.readiness').textContent).toContain(`${text.endsBeforeOpening} · 示例建设有限公司`);
  expect(element('.qr-code')).not.toBeNull();
});

test('a certificate that lasts until the opening is said to', async () => {
  const now = Date.now();
  await open({ scene: 'decrypt', openingTime: now + 20 * day }, (client) =>
    client.answer('seenCertificates', [seenCertificate(now, 30)]),
  );
  expect(document.querySelector('article [role=alert]')).toBeNull();
  expect(pageText()).toContain(text.validAtOpening);
  expect(pageText()).toContain(text.decryptWith);
});

test('where nothing was scanned before, nothing is claimed', async () => {
  await open({ scene: 'encrypt' }, (client) =>
    client.answer('seenCertificates', [seenCertificate(Date.now(), 10, { purpose: 'signing' })]),
  );
  expect(pageText()).toContain(text.none);
});

test('certificates that cannot be looked up do not hide the clients', async () => {
  await open({ scene: 'encrypt' }, (client) => client.refuse('seenCertificates', 'STORAGE_UNAVAILABLE'));
  expect(pageText()).toContain(text.unknown);
  expect(pageText()).toContain(zh.popup.clientFound('0.1.0'));
});

test('a client that was installed meanwhile is found on request', async () => {
  const client = await open({ scene: 'encrypt' }, missingEncryption);
  client.answer('checkClients', [{ kind: 'encryption', found: true, version: '0.2.0' }]);
  await press(zh.popup.recheck);
  await settle();
  expect(document.querySelector('article [role=alert]')).toBeNull();
  expect(pageText()).toContain(zh.popup.clientFound('0.2.0'));
});
