import { render, type VNode } from 'preact';
import { act } from 'preact/test-utils';
import type { Locale } from '../../../../src/protocol/errors.ts';
import { LocaleContext } from '../../../../src/extension/ui/text/text-context.ts';

/** Renders into an empty body, effects run. */
export async function renderPage(page: VNode, locale: Locale = 'zh-CN'): Promise<void> {
  render(null, document.body);
  await renderAgain(page, locale);
}

/** Renders over what is there, as an update. */
export async function renderAgain(page: VNode, locale: Locale = 'zh-CN'): Promise<void> {
  await act(() =>
    render(<LocaleContext.Provider value={locale}>{page}</LocaleContext.Provider>, document.body),
  );
}

/** Runs `action` and what follows from it, promises included. */
export async function settle(action: () => void = () => undefined): Promise<void> {
  await act(async () => {
    action();
    await Promise.resolve();
  });
}

export function element<E extends Element = HTMLElement>(selector: string): E {
  const found = document.querySelector<E>(selector);
  if (found === null) throw new Error(`no ${selector} in ${document.body.innerHTML}`);
  return found;
}

export const pageText = (): string => document.body.textContent ?? '';

/** The button with exactly this name; undefined where there is none. */
export function findButton(name: string): HTMLButtonElement | undefined {
  return [...document.querySelectorAll('button')].find((button) => button.textContent === name);
}

export async function press(name: string): Promise<void> {
  const button = findButton(name);
  if (button === undefined) throw new Error(`no button ${name}`);
  button.focus();
  await settle(() => button.click());
}
