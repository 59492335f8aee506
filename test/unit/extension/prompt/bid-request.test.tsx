// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { errorCatalogue } from '../../../../src/protocol/errors.ts';
import type { SessionState } from '../../../../src/protocol/session-states.ts';
import type { SessionView } from '../../../../src/protocol/ui-messages.ts';
import { PromptWindow } from '../../../../src/extension/prompt/prompt-window.tsx';
import { createMockBackgroundClient } from '../../../../src/extension/ui/mock-background-client.ts';
import { uiTexts } from '../../../../src/extension/ui/text/text-context.ts';
import { bidder, center, decryptView, encryptView, openingTime, receipt } from '../ui/bid-view.ts';
import { element, findButton, pageText, press, renderPage, settle } from '../ui/page-harness.tsx';
import { sessionId } from '../ui/session-view.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));

const text = uiTexts['zh-CN'].bid;
const confirmNames = [text.recipient.confirm, text.recipient.confirmAnyway];

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function open(session: SessionView) {
  const client = createMockBackgroundClient({ sessions: [session] });
  const close = vi.fn<() => void>();
  await renderPage(<PromptWindow sessionId={sessionId} client={client} close={close} />);
  const become = (next: SessionView): Promise<void> => settle(() => client.show({ sessions: [next] }));
  return { client, close, become };
}

const arranging = (bid: Parameters<typeof encryptView>[1] = {}): SessionView =>
  encryptView('arranging', { recipients: [bidder, center], openingTime, ...bid });

test.each(['requested', 'awaitingScan', 'scanned', 'confirmed', 'completing', 'succeeded'] as const)(
  'nothing can be confirmed while %s, though the recipients are known',
  async (state) => {
    await open(encryptView(state, { recipients: [bidder] }));
    expect(confirmNames.map(findButton)).toEqual([undefined, undefined]);
  },
);

test('until the recipients are judged there is a wait and nothing to confirm', async () => {
  const { become } = await open(encryptView('arranging'));
  expect(element('.status-title').textContent).toBe(text.encryption.states.judging.title);
  expect(confirmNames.map(findButton)).toEqual([undefined, undefined]);
  await become(arranging());
  expect(findButton(text.recipient.confirm)).toBeDefined();
});

test('markup in a certificate stays text', async () => {
  await open(arranging({ recipients: [{ ...bidder, name: '<img src=x>' }] }));
  expect(document.querySelector('.recipient img')).toBeNull();
  expect(element('[data-recipient=own]').textContent).toContain('<img src=x>');
});

test('holder, code, serial number, validity and fingerprint are shown before anything is encrypted', async () => {
  await open(arranging());
  const own = element('[data-recipient=own]').textContent;
  for (const part of [bidder.name, bidder.creditCode, bidder.serialNumber, '2025', '2027', 'GMT']) {
    expect(own).toContain(part);
  }
  expect(own).toContain(bidder.fingerprint.match(/.{4}/g)?.join(' '));
});

test('what the choice means until the opening is said before it is made', async () => {
  await open(arranging());
  expect(pageText()).toContain(text.recipient.consequence);
});

test('whoever else can decrypt is named', async () => {
  await open(arranging());
  expect(element('[data-recipient=further] h2').textContent).toBe(text.recipient.further);
  expect(element('[data-recipient=further] summary').textContent).toBe(center.name);
});

test('that nobody else can decrypt is said', async () => {
  await open(arranging({ recipients: [bidder] }));
  expect(pageText()).toContain(text.recipient.noFurther);
  expect(document.querySelector('[data-recipient=further]')).toBeNull();
});

test('the certificate is confirmed once, and cancel stays', async () => {
  const { client } = await open(arranging());
  client.answer('confirmRecipient', new Promise<null>(() => undefined));
  await press(text.recipient.confirm);
  await press(text.recipient.confirm);
  expect(client.sent).toEqual([{ command: 'confirmRecipient', sessionId }]);
  expect(findButton(uiTexts['zh-CN'].cancel)).toBeDefined();
});

test('a confirmation that is refused says why, and can be tried again', async () => {
  const { client } = await open(arranging());
  client.refuse('confirmRecipient', 'BRIDGE_NOT_RESPONDING');
  await press(text.recipient.confirm);
  expect(element('[role=alert]').textContent).toContain(
    errorCatalogue.BRIDGE_NOT_RESPONDING.text['zh-CN'].title,
  );
  await press(text.recipient.confirm);
  expect(client.sent).toHaveLength(2);
});

test('a certificate that ends before the opening is warned of, and its button says that it is done all the same', async () => {
  const { client } = await open(arranging({ endsBeforeOpening: true }));
  const status = element('[role=status]').textContent;
  expect(status).toContain('证书在开标前到期，届时可能无法解密');
  expect(status).toContain('2027年8月');
  expect(element('.ends-before').textContent).toBe(text.recipient.endsBefore);
  expect(findButton(text.recipient.confirm)).toBeUndefined();
  await press(text.recipient.confirmAnyway);
  expect(client.sent).toEqual([{ command: 'confirmRecipient', sessionId }]);
});

test('after the confirmation the keyboard is on the status line', async () => {
  const { become } = await open(arranging());
  await press(text.recipient.confirm);
  await become(encryptView('confirmed', { recipients: [bidder] }));
  expect(document.activeElement).toBe(element('.status-title'));
});

const ends: readonly [string, SessionView][] = [
  ['encrypt', encryptView('succeeded', { receipts: [receipt()] })],
  ['encrypt without receipts', encryptView('succeeded')],
  ['decrypt', decryptView('succeeded', [])],
];
test.each(ends)('the window of a finished %s stays until the user closes it', async (_, session) => {
  const { close } = await open(session);
  await settle(() => void vi.advanceTimersByTime(3_600_000));
  expect(close).not.toHaveBeenCalled();
  await press(uiTexts['zh-CN'].close);
  expect(close).toHaveBeenCalledOnce();
});

test.each(['confirmed', 'preparing'] satisfies SessionState[])(
  'in %s no file is asked for that is not to be saved',
  async (state) => {
    const { client } = await open(encryptView(state, { receipts: [receipt()] }));
    expect(client.sent).toEqual([]);
  },
);
