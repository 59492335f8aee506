import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { displayableName } from '../../lib/displayable-name.ts';
import { codeOf } from '../../protocol/coded-error.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import type { VerificationReport as Report } from '../../protocol/verification.ts';
import type { BackgroundClient } from '../ui/background-client.ts';
import { BrandHeader } from '../ui/brand-header.tsx';
import { Glyph } from '../ui/glyph.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useText } from '../ui/text/text-context.ts';
import { VerificationReport } from '../ui/verification-report.tsx';
import { AnchorList } from './anchor-list.tsx';
import { DropArea } from './drop-area.tsx';
import { FileButton } from '../ui/file-button.tsx';
import { useTrustAnchors } from './use-trust-anchors.ts';

interface Job {
  readonly file: File;
  readonly content?: File;
}

type Outcome =
  | { readonly state: 'checking' }
  | { readonly state: 'checked'; readonly report: Report }
  | { readonly state: 'failed'; readonly code: ErrorCode };

/** Verifies a file that the user chooses, and says in plain words what its signatures are worth. */
export function VerificationPage({ client }: { client: BackgroundClient }): VNode {
  const product = useText().product;
  const text = useText().verification;
  const trust = useTrustAnchors();
  const [job, setJob] = useState<Job>();
  const [outcome, setOutcome] = useState<Outcome>();
  const [isStale, setIsStale] = useState(false);
  const latest = useRef<Job>(undefined);
  useEffect(() => {
    document.title = `${text.title} – ${product}`;
  }, [text, product]);
  useEffect(() => setIsStale(latest.current !== undefined), [trust.anchors]);

  const check = (next: Job): void => {
    latest.current = next;
    setJob(next);
    setIsStale(false);
    setOutcome({ state: 'checking' });
    const show = (result: Outcome): void => {
      // Another file may have been chosen meanwhile.
      if (latest.current === next) setOutcome(result);
    };
    client
      .send({
        command: 'verifyFile',
        name: displayableName(next.file.name),
        blob: next.file,
        ...(next.content === undefined ? {} : { content: next.content }),
        trustAnchors: (trust.anchors ?? []).map(({ certificate }) => certificate),
      })
      .then(
        (report) => show({ state: 'checked', report }),
        (error: unknown) => show({ state: 'failed', code: codeOf(error) }),
      );
  };
  const checkFirst = ([file]: readonly File[]): void => {
    if (file !== undefined) check({ file });
  };
  const needsContent =
    outcome?.state === 'checked' && hasFinding(outcome.report, 'contentMissing') && job !== undefined;

  return (
    <main class="page">
      <BrandHeader />
      <h1>{text.title}</h1>
      <p class="lead">{text.intro}</p>
      <DropArea
        label={job === undefined ? text.choose : text.another}
        ready={trust.anchors !== undefined}
        onFiles={checkFirst}
      />
      <div role="status" aria-busy={outcome?.state === 'checking'} class="report">
        {outcome?.state === 'checking' && job !== undefined && (
          <div class="card busy-line">
            <Glyph name="spinner" />
            <div>
              <p>{text.checking(displayableName(job.file.name))}</p>
              <p class="label">{text.checkingNext}</p>
            </div>
          </div>
        )}
        {isStale && outcome?.state === 'checked' && <p class="label">{text.anchors.again}</p>}
        {outcome?.state === 'failed' && <ProblemNotice code={outcome.code} />}
        {outcome?.state === 'checked' && job !== undefined && (
          <>
            {job.content !== undefined && (
              <p class="label">{text.content(displayableName(job.content.name))}</p>
            )}
            {needsContent && (
              <div class="notice tone-act">
                <Glyph name="choose" />
                <div>
                  <p class="notice-title">{text.contentMissing.title}</p>
                  <p>{text.contentMissing.next}</p>
                  <FileButton
                    label={text.chooseContent}
                    kind="primary"
                    onFiles={([content]) => content && check({ file: job.file, content })}
                  />
                </div>
              </div>
            )}
            <VerificationReport report={outcome.report} name={displayableName(job.file.name)} />
          </>
        )}
      </div>
      <AnchorList trust={trust} />
    </main>
  );
}

function hasFinding({ findings, signatures }: Report, code: string): boolean {
  return [findings, ...signatures.map((signature) => signature.findings)]
    .flat()
    .some((finding) => finding.code === code);
}
