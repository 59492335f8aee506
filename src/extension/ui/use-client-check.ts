import { useCallback, useEffect, useState } from 'preact/hooks';
import { codeOf } from '../../protocol/coded-error.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import type { ClientStatus } from '../../protocol/ui-messages.ts';
import type { BackgroundClient } from './background-client.ts';

export type ClientCheck =
  | { readonly state: 'checking' }
  | { readonly state: 'done'; readonly clients: readonly ClientStatus[] }
  | { readonly state: 'failed'; readonly code: ErrorCode };

/** Whether the two native clients are there, asked at once and whenever `ask` is called. */
export function useClientCheck(client: BackgroundClient): { check: ClientCheck; ask: () => void } {
  const [check, setCheck] = useState<ClientCheck>({ state: 'checking' });
  const ask = useCallback((): void => {
    setCheck({ state: 'checking' });
    client.send({ command: 'checkClients' }).then(
      (clients) => setCheck({ state: 'done', clients }),
      (error: unknown) => setCheck({ state: 'failed', code: codeOf(error) }),
    );
  }, [client]);
  useEffect(ask, [ask]);
  return { check, ask };
}
