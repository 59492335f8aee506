import browser from 'webextension-polyfill';
import { countLimits, sizeLimits } from '../../protocol/limits.ts';

/** Key of the extension's local storage: base64 DER of each root certificate that the user added. */
const storageKey = 'trustAnchors';

/** Base64 DER of the roots that the user trusts on this computer. @throws when storage cannot be read */
export async function loadStoredAnchors(): Promise<readonly string[]> {
  const { [storageKey]: stored } = await browser.storage.local.get(storageKey);
  if (!Array.isArray(stored)) return [];
  return stored
    .filter((entry) => typeof entry === 'string' && entry.length <= sizeLimits.base64Certificate)
    .slice(0, countLimits.trustAnchors);
}

/** @throws when storage cannot be written */
export async function storeAnchors(certificates: readonly string[]): Promise<void> {
  await browser.storage.local.set({ [storageKey]: certificates });
}
