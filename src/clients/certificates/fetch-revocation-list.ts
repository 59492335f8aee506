const timeoutMs = 5_000;
const maxBytes = 16 * 2 ** 20;
const protocols: ReadonlySet<string> = new Set(['http:', 'https:']);

/**
 * Fetches a certificate revocation list (RFC 5280) from where a certificate of a trusted chain says. HTTP alone, no
 * redirects, no credentials; undefined when it does not come within five seconds and 16 MiB. Which machine it lies on
 * is not judged: authorities of a closed network have theirs at private addresses.
 */
export async function fetchRevocationList(
  address: string,
  signal: AbortSignal | undefined,
): Promise<Uint8Array | undefined> {
  if (!URL.canParse(address) || !protocols.has(new URL(address).protocol)) return undefined;
  try {
    const response = await fetch(address, {
      redirect: 'error',
      credentials: 'omit',
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])]),
    });
    if (!response.ok || response.body === null) return undefined;
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of response.body) {
      size += part.length;
      if (size > maxBytes) return undefined;
      parts.push(part);
    }
    return Buffer.concat(parts);
  } catch {
    return undefined;
  }
}
