import type { DirectoryEntry } from '../../../protocol/directory.ts';
import { isHostOf, qrTrust, type QrVerdict } from '../../../platforms/qr-trust.ts';

export interface MirroredQrVerdict extends QrVerdict {
  /** Directory entry whose host it is; absent where two entries share it. */
  readonly entry?: string;
}

/**
 * Compares where a QR that a page drew leads to with the hosts of all platforms in the directory and with the site's
 * own. Pure.
 * @param siteOrigins of the frame that draws it and of the page around it, as the browser vouches for them
 */
export function judgeQr(
  content: string,
  directory: readonly DirectoryEntry[],
  siteOrigins: readonly string[],
): MirroredQrVerdict {
  const platformHosts = directory.flatMap(({ qrHosts = [] }) => qrHosts);
  const verdict = qrTrust(content, platformHosts, siteOrigins);
  const { trust, host } = verdict;
  if (trust !== 'platform' || host === undefined) return verdict;
  const [entry, ...others] = directory.filter(({ qrHosts = [] }) => isHostOf(host, qrHosts));
  return entry === undefined || others.length > 0 ? verdict : { ...verdict, entry: entry.id };
}
