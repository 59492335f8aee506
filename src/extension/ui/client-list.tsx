import type { VNode } from 'preact';
import { errorCatalogue } from '../../protocol/errors.ts';
import { clientKinds } from '../../protocol/native-messages.ts';
import type { ClientStatus } from '../../protocol/ui-messages.ts';
import type { BackgroundClient } from './background-client.ts';
import { Button } from './button.tsx';
import { Finding } from './finding.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { useLocale, useText } from './text/text-context.ts';
import { useClientCheck, type ClientCheck } from './use-client-check.ts';

/** Whether the two native clients are there, asked when the page opens and on request. */
export function ClientList({ client }: { client: BackgroundClient }): VNode {
  const text = useText().popup;
  const { check, ask } = useClientCheck(client);
  return (
    <section class="card">
      <h2>{text.clientsHeading}</h2>
      <ClientFindings check={check} />
      <Button kind="quiet" busy={check.state === 'checking'} onPress={ask}>
        {text.recheck}
      </Button>
    </section>
  );
}

/** What a check of the clients has found. */
export function ClientFindings({ check }: { check: ClientCheck }): VNode {
  const text = useText().popup;
  return (
    <>
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
    </>
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
