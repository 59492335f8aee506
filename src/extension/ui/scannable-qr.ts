import type { SessionView } from '../../protocol/ui-messages.ts';

/** What a phone may scan now; undefined where there is nothing, or what is there leads elsewhere. */
export function scannableQr({ state, driver, qrContent, qrTrust }: SessionView): string | undefined {
  const isShown = state === 'awaitingScan' && driver !== 'local' && qrTrust !== 'foreign';
  return isShown ? qrContent : undefined;
}
