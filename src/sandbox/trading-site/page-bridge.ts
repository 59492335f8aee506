import { connectBridge, type Bridge } from '../../sdk/ca-bridge.ts';

const connected = new Map<string, Promise<Bridge>>();

/** The page's one bridge of this version of the site API; another try after a failure. */
export function bridgeOf(apiVersion: '1.1.0' | '1.2.0' | '1.3.0'): Promise<Bridge> {
  const known = connected.get(apiVersion);
  if (known !== undefined) return known;
  const connecting = connectBridge({ apiVersion });
  connected.set(apiVersion, connecting);
  connecting.catch(() => connected.delete(apiVersion));
  return connecting;
}
