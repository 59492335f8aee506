// @vitest-environment happy-dom
import * as v from 'valibot';
import { expect, test, vi } from 'vitest';
import { localServiceAddresses } from '../../../../src/protocol/local-service-addresses.ts';
import { errorCatalogue } from '../../../../src/protocol/errors.ts';
import { settingsSchema } from '../../../../src/protocol/settings.ts';
import { uiTexts } from '../../../../src/extension/ui/text/text-context.ts';
import { element, findButton, pageText, press, settle } from '../ui/page-harness.tsx';
import { policySite, settingsView, userSite } from '../ui/settings-samples.ts';
import { changesIn, openOptions, turns } from './options-harness.tsx';

vi.mock('webextension-polyfill', () => ({ default: {} }));

const text = uiTexts['zh-CN'].options;

test.each([
  ['language', 'input[value=en]', { language: 'en' }],
  ['receipts', 'input[value="365"]', { historyDays: 365 }],
  ['platform', 'input[value=yun-you-cai]', { defaultPlatform: 'yun-you-cai' }],
  ['bridge', `input[value="${userSite}"]`, { localServiceBridge: [userSite] }],
] as const)('%s is saved at once and said', async (_, selector, changes) => {
  const client = await openOptions();
  await settle(() => element<HTMLInputElement>(selector).click());
  await turns();
  expect(changesIn(client)).toEqual([{ command: 'changeSettings', changes }]);
  expect(
    [...document.querySelectorAll('.settings-said')].filter((said) => said.textContent !== ''),
  ).toHaveLength(1);
});

test('no default platform is a file without one', async () => {
  const client = await openOptions({
    settings: { ...settingsView.settings, defaultPlatform: 'yun-you-cai' },
  });
  await settle(() => element<HTMLInputElement>('input[value=none]').click());
  await turns();
  const [command] = changesIn(client);
  expect(command?.command).toBe('importSettings');
  const sent: unknown = JSON.parse(command?.command === 'importSettings' ? command.text : '');
  expect(v.parse(settingsSchema, sent)).toEqual(settingsView.settings);
  expect(sent).not.toHaveProperty('defaultPlatform');
});

test('what was chosen shows at once, and what was refused does not stay', async () => {
  const client = await openOptions();
  let refuse: (reason: unknown) => void = () => undefined;
  client.answer('changeSettings', new Promise<null>((_, reject) => (refuse = reject)));
  await settle(() => element<HTMLInputElement>('input[value=en]').click());
  expect(element<HTMLInputElement>('input[value=en]').checked).toBe(true);
  await settle(() => refuse(new Error('gone')));
  await turns();
  expect(element<HTMLInputElement>('input[value=auto]').checked).toBe(true);
  expect(document.querySelector('.settings [role=alert]')).not.toBeNull();
});

test('what policy decides is shown as it is, and cannot be changed', async () => {
  const client = await openOptions({
    settings: { ...settingsView.settings, defaultPlatform: 'yun-you-cai', localServiceBridge: [policySite] },
    locked: ['defaultPlatform', 'onPrompt', 'language', 'historyDays', 'localServiceBridge'],
  });
  const fields = [
    ...document.querySelectorAll<HTMLInputElement>(
      '.settings :is(input:not([type=text]):not([type=file]), select)',
    ),
  ];
  expect(fields.length).toBeGreaterThan(10);
  expect(fields.filter(({ disabled }) => !disabled)).toEqual([]);
  expect(element<HTMLInputElement>('input[value=yun-you-cai]').checked).toBe(true);
  expect(element<HTMLInputElement>(`input[value="${policySite}"]`).checked).toBe(true);
  expect(document.querySelectorAll('.settings-head .locked')).toHaveLength(4);
  expect(changesIn(client)).toEqual([]);
});

test('a policy that is ignored is named first', async () => {
  await openOptions({ policyProblem: 'sites.0: must be an https origin' });
  const alert = element('[role=alert]').textContent;
  expect(alert).toContain(errorCatalogue.POLICY_INVALID.text['zh-CN'].title);
  expect(alert).toContain('sites.0');
});

test('the bridge is off everywhere at first, and its addresses are named exactly', async () => {
  await openOptions();
  expect([...document.querySelectorAll('.addresses code')].map((code) => code.textContent)).toEqual([
    ...localServiceAddresses,
  ]);
  expect(
    [...document.querySelectorAll<HTMLInputElement>('.switches input')].map(({ checked }) => checked),
  ).toEqual([false, false]);
});

test('the bridge can be turned off on a site that is no longer permitted', async () => {
  const client = await openOptions({
    settings: { ...settingsView.settings, localServiceBridge: ['https://old.example'] },
  });
  await settle(() => element<HTMLInputElement>('input[value="https://old.example"]').click());
  await turns();
  expect(changesIn(client)).toEqual([{ command: 'changeSettings', changes: { localServiceBridge: [] } }]);
});

async function importFile(file: File): Promise<void> {
  const input = element<HTMLInputElement>('input[type=file]');
  Object.defineProperty(input, 'files', { value: [file], configurable: true });
  await settle(() => input.dispatchEvent(new Event('change', { bubbles: true })));
  await turns();
}

test('a settings file is handed over as it is', async () => {
  const client = await openOptions();
  await importFile(new File(['{"format":"ca-bridge-settings/1"}'], 'a.json'));
  expect(changesIn(client)).toEqual([
    { command: 'importSettings', text: '{"format":"ca-bridge-settings/1"}' },
  ]);
  expect(pageText()).toContain(text.transfer.imported);
});

test('a file that is refused says what is wrong with it', async () => {
  await openOptions({}, (client) => client.refuse('importSettings', 'SETTINGS_INVALID'));
  await importFile(new File(['no'], 'a.json'));
  expect(pageText()).toContain(errorCatalogue.SETTINGS_INVALID.text['zh-CN'].remedy);
  expect(pageText()).not.toContain(text.transfer.imported);
});

test('a file beyond the command’s bound is refused here', async () => {
  const client = await openOptions();
  await importFile(new File(['x'.repeat(200_001)], 'a.json'));
  expect(changesIn(client)).toEqual([]);
  expect(pageText()).toContain(errorCatalogue.SETTINGS_INVALID.text['zh-CN'].title);
});

test('what is exported is a settings file', async () => {
  const blobs: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    if (blob instanceof Blob) blobs.push(blob);
    return 'blob:x';
  });
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
  await openOptions();
  await press(text.transfer.export);
  expect(click).toHaveBeenCalledOnce();
  expect(v.parse(settingsSchema, JSON.parse((await blobs[0]?.text()) ?? ''))).toEqual(settingsView.settings);
  vi.restoreAllMocks();
});

test('settings that cannot be read are an error with its remedy, not a blank', async () => {
  await openOptions({}, (client) => client.refuse('settings', 'STORAGE_UNAVAILABLE'));
  expect(pageText()).toContain(errorCatalogue.STORAGE_UNAVAILABLE.text['zh-CN'].remedy);
  expect(findButton(text.transfer.export)).toBeUndefined();
});

test('what another page changes is seen here', async () => {
  const client = await openOptions();
  client.answer('settings', { ...settingsView, settings: { ...settingsView.settings, historyDays: 90 } });
  await settle(() => client.show({ sessions: [] }));
  await turns();
  expect(element<HTMLInputElement>('input[value="90"]').checked).toBe(true);
});
