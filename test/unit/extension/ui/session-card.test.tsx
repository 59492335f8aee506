// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { errorCatalogue } from '../../../../src/protocol/errors.ts';
import { scenes } from '../../../../src/protocol/scenes.ts';
import { sessionStates, isEndState } from '../../../../src/protocol/session-states.ts';
import type { PlatformChoice, SessionView } from '../../../../src/protocol/ui-messages.ts';
import { createMockBackgroundClient } from '../../../../src/extension/ui/mock-background-client.ts';
import { SessionCard } from '../../../../src/extension/ui/session-card.tsx';
import { uiTexts } from '../../../../src/extension/ui/text/text-context.ts';
import { element, findButton, pageText, press, renderAgain, renderPage, settle } from './page-harness.tsx';
import { sessionId, sessionView, wireError } from './session-view.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));

const zh = uiTexts['zh-CN'];
/** Both platforms alike available, or not. */
const platforms = (available: boolean): PlatformChoice[] => [
  { id: 'zhongzhao-hulian', name: { 'zh-CN': '中招互连', en: 'Zhongzhao Hulian' }, available },
  { id: 'yue-qi-qian', name: { 'zh-CN': '粤企签', en: 'Yue Qi Qian' }, available },
];

const locales = ['zh-CN', 'en'] as const;

async function show(session: SessionView, locale: (typeof locales)[number] = 'zh-CN') {
  const client = createMockBackgroundClient({ sessions: [session] });
  const onClose = vi.fn<() => void>();
  await renderPage(<SessionCard session={session} client={client} onClose={onClose} />, locale);
  return { client, onClose };
}

test('markup in what others sent stays text', async () => {
  const name = { 'zh-CN': '<img src=x>', en: '<img src=x>' };
  const choices = [{ id: 'zhongzhao-hulian', name, available: true }] as const;
  await show(sessionView('scanned', { choices, origin: 'https://a.example"><img src=x>' }));
  expect(document.querySelector('img')).toBeNull();
  expect(pageText()).toContain('<img src=x>');
});

test('a look-alike host is shown as the browser spells it, in full', async () => {
  await show(sessionView('awaitingScan', { origin: 'https://xn--ggzy-0ve.zhanjiang.gov.cn.example:8443' }));
  expect(element('.origin').textContent).toBe('https://xn--ggzy-0ve.zhanjiang.gov.cn.example:8443');
  expect(element('.origin strong').textContent).toBe('xn--ggzy-0ve.zhanjiang.gov.cn.example');
});

test.each(sessionStates.filter((state) => state !== 'awaitingScan'))(
  'no QR can be scanned while %s',
  async (state) => {
    await show(sessionView(state, { qrContent: 'https://front.example.cn/stale' }));
    expect(document.querySelector('.qr-code')).toBeNull();
    expect(findButton(zh.qr.enlarge)).toBeUndefined();
  },
);

for (const locale of locales) {
  test.each(sessionStates)(`${locale}: %s says what happens and what to do next`, async (state) => {
    const session = sessionView(state);
    await show(session, locale);
    const name =
      session.platform === undefined ? uiTexts[locale].platform.unchosen : session.choices[0]?.name[locale];
    const own = uiTexts[locale].states[state](name ?? '');
    const title =
      session.error === undefined ? own.title : errorCatalogue[session.error.code].text[locale].title;
    expect(element('[role=status]').textContent).toBe(title + own.next);
  });

  test.each(scenes)(`${locale}: the scene %s is named in plain words`, async (scene) => {
    await show(sessionView('awaitingScan', { scene }), locale);
    expect(element('h1').textContent).toBe(uiTexts[locale].scenes[scene].name);
    expect(pageText()).toContain(uiTexts[locale].scenes[scene].action);
  });
}

test('the card is named by its scene', async () => {
  await show(sessionView('awaitingScan'));
  expect(element('article').getAttribute('aria-labelledby')).toBe(element('h1').id);
});

test('the code is named by scene and app', async () => {
  await show(sessionView('awaitingScan'), 'en');
  expect(element('.qr-code').getAttribute('aria-label')).toBe(
    uiTexts.en.qr.name('Log in', 'Zhongzhao Hulian'),
  );
});

test.each(['awaitingScan', 'scanned'] as const)(
  'the matching number is shown and explained while %s',
  async (state) => {
    await show(sessionView(state));
    expect(element('.matching-tiles').textContent).toBe('47');
    expect(element('.matching .visually-hidden').textContent).toBe(`${zh.matching.label} 4 7`);
    expect(pageText()).toContain(zh.matching.explanation);
  },
);

test('a matching number with a leading zero keeps it', async () => {
  await show(sessionView('awaitingScan', { matchingNumber: '07' }));
  expect(element('.matching-tiles').textContent).toBe('07');
});

test('no countdown is shown where the platform gave no expiry', async () => {
  await show(sessionView('awaitingScan'));
  expect(document.querySelector('.countdown')).toBeNull();
});

test('choosing a platform sends it, and shows it until the background confirms', async () => {
  const { client } = await show(sessionView('awaitingConsent', { choices: platforms(true) }));
  client.answer('choosePlatform', new Promise(() => undefined));
  await settle(() => element<HTMLInputElement>('input[value=yue-qi-qian]').click());
  expect(client.sent).toEqual([{ command: 'choosePlatform', sessionId, platform: 'yue-qi-qian' }]);
  expect(element<HTMLInputElement>('input[value=yue-qi-qian]').checked).toBe(true);
});

test('a platform that is not available is disabled with the reason', async () => {
  await show(sessionView('awaitingConsent'));
  const input = element<HTMLInputElement>('input[value=yue-qi-qian]');
  expect(input.disabled).toBe(true);
  expect(input.closest('label')?.textContent).toBe(`粤企签${zh.platform.unavailable}`);
  expect(pageText()).not.toContain(zh.platform.noneAvailable);
});

test('where no platform is available, the card says so', async () => {
  await show(sessionView('awaitingConsent', { choices: platforms(false) }));
  expect(pageText()).toContain(zh.platform.noneAvailable);
});

test('after the scan the platform is a statement', async () => {
  await show(sessionView('scanned'));
  expect(document.querySelector('input')).toBeNull();
  expect(element('.platform-fixed').textContent).toContain('中招互连');
});

test.each([
  [zh.qr.renew, 'expired', 'renewSession'],
  [zh.cancel, 'awaitingScan', 'cancelSession'],
] as const)('the button %s while %s sends %s once', async (name, state, command) => {
  const { client } = await show(sessionView(state));
  client.answer(command, new Promise<null>(() => undefined));
  await press(name);
  await press(name);
  expect(client.sent).toEqual([{ command, sessionId }]);
  expect(findButton(name)?.getAttribute('aria-disabled')).toBe('true');
  expect(document.activeElement).toBe(findButton(name));
});

test('two presses within one frame send once', async () => {
  const { client } = await show(sessionView('expired'));
  const button = findButton(zh.qr.renew);
  await settle(() => {
    button?.click();
    button?.click();
  });
  expect(client.sent).toHaveLength(1);
});

test('cancel does not wait for a renewal that takes its time', async () => {
  const { client } = await show(sessionView('expired'));
  client.answer('renewSession', new Promise<null>(() => undefined));
  await press(zh.qr.renew);
  await press(zh.cancel);
  expect(client.sent.map(({ command }) => command)).toEqual(['renewSession', 'cancelSession']);
});

test('a command that fails says why, and can be tried again', async () => {
  const { client } = await show(sessionView('awaitingScan'));
  client.refuse('cancelSession', 'BRIDGE_NOT_RESPONDING');
  await press(zh.cancel);
  expect(element('[role=alert]').textContent).toContain(
    errorCatalogue.BRIDGE_NOT_RESPONDING.text['zh-CN'].title,
  );
  await press(zh.cancel);
  expect(client.sent).toHaveLength(2);
});

test('a platform that the background refused does not stay chosen', async () => {
  const { client } = await show(sessionView('awaitingScan', { choices: platforms(true) }));
  client.refuse('choosePlatform', 'PLATFORM_NOT_CONFIGURED');
  await settle(() => element<HTMLInputElement>('input[value=yue-qi-qian]').click());
  expect(element<HTMLInputElement>('input[value=zhongzhao-hulian]').checked).toBe(true);
});

test.each(sessionStates)('what the background does not allow while %s is not offered', async (state) => {
  await show(sessionView(state, { canRenew: false, canCancel: false, canChoosePlatform: false }));
  expect(findButton(zh.qr.renew)).toBeUndefined();
  expect(findButton(zh.cancel)).toBeUndefined();
  expect(document.querySelector('input')).toBeNull();
});

test.each(sessionStates)('a close button is there after the end and not before: %s', async (state) => {
  const { onClose } = await show(sessionView(state));
  expect(findButton(zh.close) !== undefined).toBe(isEndState(state));
  if (!isEndState(state)) return;
  await press(zh.close);
  expect(onClose).toHaveBeenCalledOnce();
});

for (const locale of locales) {
  test(`${locale}: a failure shows title, cause and remedy of its code, the hotline and the code itself`, async () => {
    await show(sessionView('failed', { error: wireError('FRONT_SERVER_UNREACHABLE') }), locale);
    const { title, cause, remedy } = errorCatalogue.FRONT_SERVER_UNREACHABLE.text[locale];
    for (const part of [title, cause, remedy, '400-666-4230', 'FRONT_SERVER_UNREACHABLE']) {
      expect(pageText()).toContain(part);
    }
  });
}

test('a failure without a code is an internal error, not a blank', async () => {
  const { error: _, ...session } = sessionView('failed');
  await show(session);
  expect(pageText()).toContain(errorCatalogue.BRIDGE_INTERNAL.text['zh-CN'].remedy);
});

test('the code enlarges into a modal dialog, and Escape returns', async () => {
  await show(sessionView('awaitingScan'));
  await press(zh.qr.enlarge);
  const dialog = element<HTMLDialogElement>('dialog');
  expect(dialog.open).toBe(true);
  expect(dialog.getAttribute('aria-label')).toBe(zh.qr.enlargedName);
  expect(dialog.querySelector('.qr-code')).not.toBeNull();
  expect(dialog.querySelector('.matching-tiles')?.textContent).toBe('47');
  const escape = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
  await settle(() => dialog.dispatchEvent(escape));
  expect(escape.defaultPrevented).toBe(true);
  expect(document.querySelector('dialog')).toBeNull();
  expect(findButton(zh.qr.enlarge)).toBeDefined();
});

test('the enlarged code goes when the phone has scanned it, and does not come back by itself', async () => {
  const { client, onClose } = await show(sessionView('awaitingScan'));
  await press(zh.qr.enlarge);
  const again = async (session: SessionView): Promise<void> =>
    renderAgain(<SessionCard session={session} client={client} onClose={onClose} />);
  await again(sessionView('scanned'));
  expect(document.querySelector('dialog')).toBeNull();
  await again(sessionView('awaitingScan'));
  expect(document.querySelector('dialog')).toBeNull();
});

test('a card that appears takes the focus to its heading', async () => {
  await show(sessionView('awaitingScan'));
  expect(document.activeElement).toBe(element('h1'));
});

test('a button that vanishes with its state leaves the focus on the status line', async () => {
  const { client, onClose } = await show(sessionView('expired'));
  await press(zh.qr.renew);
  await renderAgain(<SessionCard session={sessionView('preparing')} client={client} onClose={onClose} />);
  expect(document.activeElement).toBe(element('.status-title'));
});

test('focus that still has its place is not moved by a new state', async () => {
  const { client, onClose } = await show(sessionView('awaitingScan'));
  findButton(zh.cancel)?.focus();
  await renderAgain(<SessionCard session={sessionView('scanned')} client={client} onClose={onClose} />);
  expect(document.activeElement).toBe(findButton(zh.cancel));
});
