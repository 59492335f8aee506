import type { VNode } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { codeOf } from '../../protocol/coded-error.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import { errorCatalogue } from '../../protocol/errors.ts';
import { clientKinds } from '../../protocol/native-messages.ts';
import type { ClientStatus } from '../../protocol/ui-messages.ts';
import type { BackgroundClient } from '../ui/background-client.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useLocale, useText } from '../ui/text/text-context.ts';
import { Finding } from './finding.tsx';

type Check =
  | { readonly state: 'checking' }
  | { readonly state: 'done'; readonly clients: readonly ClientStatus[] }
  | { readonly state: 'failed'; readonly code: ErrorCode };

/** Whether the two native clients are there, asked when the popup opens and on request. */
export function ClientList({ client }: { client: BackgroundClient }): VNode {
  const text = useText().popup;
  const [check, setCheck] = useState<Check>({ state: 'checking' });
  const ask = useCallback((): void => {
    setCheck({ state: 'checking' });
    client.send({ command: 'checkClients' }).then(
      (clients) => setCheck({ state: 'done', clients }),
      (error: unknown) => setCheck({ state: 'failed', code: codeOf(error) }),
    );
  }, [client]);
  useEffect(ask, [ask]);
  return (
    <section class="card">
      <h2>{text.clientsHeading}</h2>
      <div role="status" aria-busy={check.state === 'checking'}>
        {check.state === 'checking' &&
          clientKinds.map((kind) => (
            <Finding key={kind} mood="busy" title={text.clients[kind]}>
              <p class="muted">{text.checking}</p>
            </Finding>
          ))}
        {check.state === 'done' &&
          check.clients.map((status) => <ClientFinding key={status.kind} status={status} />)}
      </div>
      {check.state === 'failed' && <ProblemNotice code={check.code} />}
      <Button kind="quiet" busy={check.state === 'checking'} onPress={ask}>
        {text.recheck}
      </Button>
    </section>
  );
}

function ClientFinding({ status }: { status: ClientStatus }): VNode {
  const text = useText().popup;
  const locale = useLocale();
  const name = text.clients[status.kind];
  if (status.found) {
    return (
      <Finding mood="ok" title={name}>
        <p class="muted">{text.clientFound(status.version)}</p>
      </Finding>
    );
  }
  const { title, cause, remedy } = errorCatalogue[status.error.code].text[locale];
  return (
    <Finding mood="bad" title={`${name} · ${title}`}>
      <p class="muted">{cause}</p>
      <p>{remedy}</p>
    </Finding>
  );
}
