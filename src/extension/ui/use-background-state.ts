import { useEffect, useState } from 'preact/hooks';
import type { BackgroundClient, BackgroundState } from './background-client.ts';

/** What the background last said, followed as it changes. */
export function useBackgroundState(client: BackgroundClient): BackgroundState {
  const [state, setState] = useState<BackgroundState>({ connection: 'connecting' });
  useEffect(() => client.subscribe(setState), [client]);
  return state;
}
