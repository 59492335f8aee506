export type FetchList = (address: string, signal: AbortSignal | undefined) => Promise<Uint8Array | undefined>;

/** Milliseconds for which an address that gave nothing is not asked again. */
const silenceMs = 300_000;

/**
 * Asks an address that gave no list only once in five minutes. A batch of documents is judged by one certificate,
 * twice each: an authority that does not answer must cost the bidder its time limit once, not forty times. A list that
 * came is asked for anew each time, so that a revocation while the phone signs is seen. An aborted request counts as
 * not asked.
 */
export function skipSilentAuthorities(fetchList: FetchList, now: () => number): FetchList {
  const silentSince = new Map<string, number>();
  return async (address, signal) => {
    const since = silentSince.get(address);
    if (since !== undefined && now() - since < silenceMs) return undefined;
    const list = await fetchList(address, signal);
    if (list === undefined && signal?.aborted !== true) silentSince.set(address, now());
    else silentSince.delete(address);
    return list;
  };
}
