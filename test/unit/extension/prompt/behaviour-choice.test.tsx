// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { uiTexts } from '../../../../src/extension/ui/text/text-context.ts';
import { mirrorView, site } from '../ui/mirror-view.ts';
import { element, findButton, pageText, press } from '../ui/page-harness.tsx';
import { openMirror, showMirrors } from './mirror-harness.tsx';

vi.mock('webextension-polyfill', () => ({ default: {} }));

const text = uiTexts['zh-CN'].mirror;

test('a site that was decided on is not asked about', async () => {
  await openMirror([mirrorView({ asksBehaviour: false })]);
  expect(document.querySelector('.behaviour')).toBeNull();
});

test('the question for later comes after the QR, and the answer is for the top page', async () => {
  const mirror = mirrorView({ asksBehaviour: true, origin: 'https://frame.example.cn' });
  const { client } = await openMirror([mirror]);
  const order = element('article').compareDocumentPosition(element('.behaviour'));
  expect(order & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  await press(text.behaviour.choices.badge);
  expect(client.sent).toContainEqual({ command: 'setPromptBehaviour', site, behaviour: 'badge' });
  expect(document.activeElement?.textContent).toBe(text.behaviour.done.badge);
  await showMirrors(client, { ...mirror, asksBehaviour: false });
  expect(pageText()).toContain(text.behaviour.done.badge);
});

test('an answer that policy does not take says so, and can be given again', async () => {
  const { client } = await openMirror([mirrorView({ asksBehaviour: true })]);
  client.refuse('setPromptBehaviour', 'SETTING_LOCKED');
  await press(text.behaviour.choices.off);
  expect(document.querySelector('.behaviour [role=alert]')).not.toBeNull();
  expect(findButton(text.behaviour.choices.off)?.getAttribute('aria-disabled')).toBe('false');
});
