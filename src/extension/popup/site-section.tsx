import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import browser from 'webextension-polyfill';
import { codeOf } from '../../protocol/coded-error.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import type { SiteStatus, SiteSupport } from '../../protocol/ui-messages.ts';
import type { BackgroundClient } from '../ui/background-client.ts';
import { OriginText } from '../ui/origin-text.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useText } from '../ui/text/text-context.ts';
import { EnableSite } from './enable-site.tsx';
import { Finding } from '../ui/finding.tsx';

const moods = {
  enabled: 'ok',
  needsPermission: 'warn',
  notEnabled: 'idle',
  impossible: 'idle',
} as const satisfies Record<SiteSupport, string>;

/** Whether the bridge runs on the page behind the popup, and the way to enable it there. */
export function SiteSection({ client }: { client: BackgroundClient }): VNode {
  const text = useText().popup;
  const [status, setStatus] = useState<SiteStatus>();
  const [problem, setProblem] = useState<ErrorCode>();
  useEffect(() => {
    siteOfActiveTab(client).then(setStatus, (error: unknown) => setProblem(codeOf(error)));
  }, [client]);
  return (
    <section class="card">
      <h2>{text.siteHeading}</h2>
      {status?.origin !== undefined && (
        <p class="site-origin">
          <OriginText origin={status.origin} />
        </p>
      )}
      {status === undefined && problem === undefined && <Finding mood="busy" title={text.checking} />}
      {status !== undefined && (
        <Finding mood={moods[status.support]} title={text.support[status.support].title}>
          <p class="muted">{text.support[status.support].next}</p>
        </Finding>
      )}
      {status?.origin !== undefined &&
        (status.support === 'needsPermission' || status.support === 'notEnabled') && (
          <EnableSite origin={status.origin} />
        )}
      {problem !== undefined && <ProblemNotice code={problem} />}
    </section>
  );
}

/** Bound of the command's `url`; the origin is at its beginning. */
const longestUrl = 8_192;

async function siteOfActiveTab(client: BackgroundClient): Promise<SiteStatus> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  // The address is absent where the browser does not let extensions see it.
  return client.send({ command: 'siteStatus', url: tab?.url?.slice(0, longestUrl) ?? '' });
}
