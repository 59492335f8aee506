// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import type { VendorKey } from '../../../../src/protocol/connector-methods.ts';
import type { SessionState } from '../../../../src/protocol/session-states.ts';
import type { SessionView } from '../../../../src/protocol/ui-messages.ts';
import { createMockBackgroundClient } from '../../../../src/extension/ui/mock-background-client.ts';
import { SessionCard } from '../../../../src/extension/ui/session-card.tsx';
import { uiTexts } from '../../../../src/extension/ui/text/text-context.ts';
import { element, findButton, pageText, press, renderPage, settle } from './page-harness.tsx';
import { sessionId, sessionView } from './session-view.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));

const zh = uiTexts['zh-CN'];
const { local, site } = zh.drivers;

const both: VendorKey = {
  id: 'k1',
  name: '示例建设有限公司',
  certificate: 'AA==',
  encryptionCertificate: 'AA==',
};
const signing: VendorKey = { id: 'k2', name: '<b>张三</b>', certificate: 'AA==' };

async function show(driver: SessionView['driver'], state: SessionState, changes: Partial<SessionView> = {}) {
  const { qrContent: _, matchingNumber: __, ...session } = sessionView(state, { driver, ...changes });
  const shown = {
    ...session,
    ...('qrContent' in changes ? { qrContent: changes.qrContent } : {}),
  } as SessionView;
  const client = createMockBackgroundClient({ sessions: [shown] });
  await renderPage(<SessionCard session={shown} client={client} onClose={() => undefined} />);
  return client;
}

const keys = (): HTMLButtonElement[] => [...document.querySelectorAll<HTMLButtonElement>('.key-option')];

test.each(['preparing', 'awaitingScan', 'scanned', 'signing', 'expired'] as const)(
  'a certificate on this computer is never asked for by a QR or a phone: %s',
  async (state) => {
    await show('local', state, { qrContent: 'https://front.example.cn/stale' });
    expect(document.querySelector('.qr-code')).toBeNull();
    expect(findButton(zh.qr.enlarge)).toBeUndefined();
    expect(pageText()).not.toMatch(/扫|手机/);
  },
);

test('while the service is asked there is nothing to choose', async () => {
  await show('local', 'awaitingScan');
  expect(element('.status-title').textContent).toBe(local.states.listing.title);
  expect(keys()).toEqual([]);
});

test('a key is chosen by one press, and only once', async () => {
  const client = await show('local', 'awaitingScan', { keys: [both, signing] });
  client.answer('chooseKey', new Promise<null>(() => undefined));
  expect(keys().map(({ textContent }) => textContent)).toEqual([both.name, signing.name]);
  await settle(() => keys()[1]?.click());
  await settle(() => keys()[0]?.click());
  expect(client.sent).toEqual([{ command: 'chooseKey', sessionId, key: 'k2' }]);
  expect(keys()[1]?.getAttribute('aria-pressed')).toBe('true');
});

test('a key without an encryption certificate cannot be taken to encrypt', async () => {
  const client = await show('local', 'awaitingScan', { scene: 'encrypt', keys: [both, signing] });
  expect(keys()[1]?.getAttribute('aria-disabled')).toBe('true');
  expect(pageText()).toContain(local.noEncryption);
  await settle(() => keys()[1]?.click());
  expect(client.sent).toEqual([]);
});

test.each(['awaitingScan', 'scanned', 'signing'] as const)(
  'while the vendor’s window may wait in %s, the user is sent there and can cancel',
  async (state) => {
    const client = await show('local', state, { keys: [both], pinWindow: true });
    expect(element('.panel [role=alert], .panel[role=alert]').textContent).toBe(
      local.pinWindow.title + local.pinWindow.next,
    );
    expect(element('.status-title').textContent).toBe(local.states.pin.title);
    await press(zh.cancel);
    expect(client.sent).toEqual([{ command: 'cancelSession', sessionId }]);
  },
);

test('what ended by time is begun anew by a button that names no QR', async () => {
  const client = await show('local', 'expired');
  await press(local.again);
  expect(client.sent).toEqual([{ command: 'renewSession', sessionId }]);
  expect(findButton(zh.qr.renew)).toBeUndefined();
});

test('a seal is still placed in the window’s own words', async () => {
  await show('local', 'arranging', { scene: 'signature' });
  expect(element('.status-title').textContent).toBe(zh.documents.states.choosingSeal.title);
});

test.each(['scanned', 'signing'] as const)(
  'where the site runs the scan, no number is shown or asked to be compared: %s',
  async (state) => {
    await show('site', state, { scene: 'messageSignature' });
    expect(document.querySelector('.matching')).toBeNull();
    expect(element('.status').textContent).not.toContain('数字');
    expect(pageText()).toContain(site.runsItself);
  },
);

test.each(['platform', 'site', 'noHost'] as const)(
  'a QR that the site gives says what its address was compared with: %s',
  async (qrTrust) => {
    await show('site', 'awaitingScan', { qrTrust, qrContent: 'https://front.example.cn/a' });
    expect(document.querySelector('.qr-code')).not.toBeNull();
    expect(element('.trust').textContent).toBe(site.trust[qrTrust]);
  },
);

test('a QR of the site that leads elsewhere is not shown', async () => {
  await show('site', 'awaitingScan', { qrTrust: 'foreign', qrContent: 'https://evil.example' });
  expect(document.querySelector('.qr-code')).toBeNull();
  expect(findButton(zh.qr.enlarge)).toBeUndefined();
  expect(pageText()).toContain(site.trust.foreign);
});

test('a front server’s own QR needs no such note', async () => {
  await show('relay', 'awaitingScan');
  expect(document.querySelector('.driver-note')).toBeNull();
});
