import { isTrustworthyOrigin } from '../../protocol/origins.ts';

/**
 * Origin of an https address as people type or paste it, with or without `https://`; undefined for anything that the
 * browser could not be asked for.
 */
export function siteOf(address: string): string | undefined {
  const trimmed = address.trim();
  const full = /^[a-z][a-z\d+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (!URL.canParse(full)) return undefined;
  const { protocol, origin, hostname, username, password } = new URL(full);
  // A name before the host would make one site look like another.
  if (protocol !== 'https:' || username !== '' || password !== '') return undefined;
  return isTrustworthyOrigin(origin) && hostname.includes('.') ? origin : undefined;
}
