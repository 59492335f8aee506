import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { BackgroundClient } from '../ui/background-client.ts';
import { BrandHeader } from '../ui/brand-header.tsx';
import { ConnectionNotice } from '../ui/connection-notice.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useText } from '../ui/text/text-context.ts';
import { useBackgroundState } from '../ui/use-background-state.ts';
import { HistorySection } from './history-section.tsx';
import { LanguageSection } from './language-section.tsx';
import { LocalServiceSection } from './local-service-section.tsx';
import { PlatformSection } from './platform-section.tsx';
import { SitesSection } from './sites-section.tsx';
import { TransferSection } from './transfer-section.tsx';
import { useSettings } from './use-settings.ts';

/** What the user decides; what policy decides is shown locked. */
export function OptionsPage({ client }: { client: BackgroundClient }): VNode {
  const { options: text, product, connecting } = useText();
  const { connection, snapshot } = useBackgroundState(client);
  const access = useSettings(client, snapshot);
  const { view, problem } = access;
  const policyProblem = snapshot?.policyProblem ?? view?.policyProblem;
  useEffect(() => {
    document.title = `${text.title} – ${product}`;
  }, [text, product]);
  return (
    <main class="page">
      <BrandHeader />
      <h1>{text.title}</h1>
      <p class="lead">{text.intro}</p>
      <ConnectionNotice connection={connection} />
      {policyProblem !== undefined && <ProblemNotice code="POLICY_INVALID" detail={policyProblem} />}
      {problem !== undefined && <ProblemNotice code={problem} />}
      {view === undefined && problem === undefined && <p class="connecting">{connecting}</p>}
      {view !== undefined && (
        <>
          <SitesSection access={access} view={view} />
          <PlatformSection access={access} view={view} />
          <LanguageSection access={access} view={view} />
          <HistorySection access={access} view={view} />
          <LocalServiceSection access={access} view={view} />
          <TransferSection access={access} view={view} />
        </>
      )}
    </main>
  );
}
