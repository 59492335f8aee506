import { localServiceAddresses, type LocalServiceAddress } from '../../protocol/local-service-addresses.ts';

/**
 * The listed address that the page means, with or without the slash at its end; undefined for every other, and for what
 * is no address, which is the browser's to refuse.
 */
export function serviceAddressOf(address: unknown, kind: 'socket' | 'post'): LocalServiceAddress | undefined {
  const text = typeof address === 'string' || address instanceof URL ? String(address) : undefined;
  if (text === undefined || !URL.canParse(text, document.baseURI)) return undefined;
  const { href, protocol } = new URL(text, document.baseURI);
  const isSocket = protocol === 'ws:' || protocol === 'wss:';
  if (isSocket !== (kind === 'socket')) return undefined;
  return localServiceAddresses.find((listed) => listed === href || listed === `${href}/`);
}
