import type { VNode } from 'preact';
import { useEffect, useId } from 'preact/hooks';
import type { DirectoryEntry } from '../../protocol/directory.ts';
import type { BackgroundClient } from '../ui/background-client.ts';
import { BrandHeader } from '../ui/brand-header.tsx';
import { Button } from '../ui/button.tsx';
import { ClientList } from '../ui/client-list.tsx';
import { openPage } from '../ui/open-page.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useText } from '../ui/text/text-context.ts';
import { useDirectory } from '../ui/use-directory.ts';
import { PlatformEntry } from './platform-entry.tsx';

/** 数字证书办理: each certificate platform, what it serves and where to turn, as the trading system's own menu has it. */
export function DirectoryPage({ client }: { client: BackgroundClient }): VNode {
  const { directory: text, popup, product, connecting } = useText();
  const { entries, problem } = useDirectory(client);
  useEffect(() => {
    document.title = `${text.title} – ${product}`;
  }, [text, product]);
  return (
    <main class="page">
      <BrandHeader />
      <h1>{text.title}</h1>
      <p class="lead">{text.intro}</p>
      {problem !== undefined && <ProblemNotice code={problem} />}
      {entries === undefined && problem === undefined && <p class="connecting">{connecting}</p>}
      {entries !== undefined && (
        <>
          <Group group="mutual" entries={entries} />
          <Group group="other" entries={entries} />
        </>
      )}
      <section class="card">
        <h2>{text.ready.heading}</h2>
        <p>{text.ready.next}</p>
        <div class="actions">
          <Button onPress={() => void openPage('selfTest')}>{popup.selfTest}</Button>
        </div>
      </section>
      <ClientList client={client} />
    </main>
  );
}

function Group(props: { group: DirectoryEntry['group']; entries: readonly DirectoryEntry[] }): VNode {
  const text = useText().directory;
  const headingId = useId();
  const own = props.entries.filter(({ group }) => group === props.group);
  return (
    <section class="card directory-group" aria-labelledby={headingId} data-group={props.group}>
      <h2 id={headingId}>{text.groups[props.group]}</h2>
      {own.length === 0 && <p class="muted">{text.none}</p>}
      {own.length > 0 && (
        <ol class="directory">
          {own.map((entry) => (
            <PlatformEntry key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      {props.group === 'mutual' && own.length > 0 && <p class="muted">{text.moreToCome}</p>}
    </section>
  );
}
