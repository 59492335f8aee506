// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest';
import { uiTexts } from '../../../../src/extension/ui/text/text-context.ts';
import { element, pageText, settle } from '../ui/page-harness.tsx';
import { builtInSite, policySite, settingsView, userSite } from '../ui/settings-samples.ts';
import { changesIn, openOptions, turns } from './options-harness.tsx';

const fake = vi.hoisted(() => ({
  permissions: { request: vi.fn<(permissions: { origins: string[] }) => Promise<boolean>>() },
}));
vi.mock('webextension-polyfill', () => ({ default: fake }));

const text = uiTexts['zh-CN'].options;

beforeEach(() => void fake.permissions.request.mockReset().mockResolvedValue(true));

const row = (site: string): HTMLElement => element(`[data-site="${site}"]`);
const labelled = (name: string): HTMLButtonElement => element(`button[aria-label="${name}"]`);
const type = async (address: string): Promise<void> => {
  const input = element<HTMLInputElement>('.add-site input');
  await settle(() => {
    input.value = address;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
};
const submit = (): void => {
  element('form').dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }));
};

test.each(['http://ggzy.example.cn', 'https://real.gov.cn@evil.example', 'about:blank', ''])(
  'the browser is never asked for %j',
  async (address) => {
    await openOptions();
    await type(address);
    await settle(submit);
    expect(fake.permissions.request).not.toHaveBeenCalled();
    expect(element('.add-site [role=alert]').textContent).toBe(text.sites.invalid);
    expect(element('.add-site input').getAttribute('aria-invalid')).toBe('true');
  },
);

test('a site is asked for within the press, by its origin, which stands there before', async () => {
  await openOptions();
  await type('https://new.example.cn/login?next=/');
  expect(element('.add-site .origin').textContent).toBe('https://new.example.cn');
  submit();
  expect(fake.permissions.request).toHaveBeenCalledExactlyOnceWith({ origins: ['https://new.example.cn/*'] });
  await turns();
  expect(pageText()).toContain(text.sites.granted('https://new.example.cn'));
  expect(element<HTMLInputElement>('.add-site input').value).toBe('');
});

test.each([
  ['declined', () => Promise.resolve(false)],
  ['refused by the browser', () => Promise.reject(new Error('no gesture'))],
])('a site whose permission is %s is not said to be added', async (_, answer) => {
  fake.permissions.request.mockImplementation(answer);
  await openOptions();
  await type('https://new.example.cn');
  await settle(submit);
  await turns();
  expect(pageText()).toContain(text.sites.declined);
  expect(element<HTMLInputElement>('.add-site input').value).toBe('https://new.example.cn');
});

test('a site that is there already is not asked for again', async () => {
  await openOptions();
  await type(userSite);
  await settle(submit);
  await turns();
  expect(fake.permissions.request).not.toHaveBeenCalled();
  expect(pageText()).toContain(text.sites.known);
});

test('each site is shown with source and permission; only the user’s own can be taken back', async () => {
  await openOptions();
  const words = [builtInSite, policySite, userSite].map((site) => row(site).textContent ?? '');
  expect(words[0]).toContain(text.sites.sources.build);
  expect(words[1]).toContain(text.sites.notPermitted);
  expect(words[2]).toContain(text.sites.sources.user);
  const revoking = [...document.querySelectorAll('button')].filter(
    ({ textContent }) => textContent === text.sites.revoke,
  );
  expect(revoking.map((button) => button.getAttribute('aria-label'))).toEqual([
    text.sites.revokeOf(userSite),
  ]);
});

test('taking a permission back leaves the focus on what was done', async () => {
  const client = await openOptions();
  const others = settingsView.sites.filter(({ origin }) => origin !== userSite);
  client.answer('settings', { ...settingsView, sites: others });
  labelled(text.sites.revokeOf(userSite)).focus();
  await settle(() => labelled(text.sites.revokeOf(userSite)).click());
  await turns();
  expect(changesIn(client)).toEqual([{ command: 'forgetSite', site: userSite }]);
  expect(document.querySelector(`[data-site="${userSite}"]`)).toBeNull();
  expect(pageText()).toContain(text.sites.revoked(userSite));
});

test('a site that policy lists is permitted by a press', async () => {
  await openOptions();
  labelled(text.sites.permitOf(policySite)).click();
  expect(fake.permissions.request).toHaveBeenCalledExactlyOnceWith({ origins: [`${policySite}/*`] });
  await turns();
});

test('what happens on a site is chosen there', async () => {
  const client = await openOptions();
  const select = element<HTMLSelectElement>(`[data-site="${userSite}"] select`);
  expect(select.value).toBe('');
  await settle(() => {
    select.value = 'off';
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await turns();
  expect(changesIn(client)).toEqual([{ command: 'setPromptBehaviour', site: userSite, behaviour: 'off' }]);
});
