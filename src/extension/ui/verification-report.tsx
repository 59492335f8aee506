import type { VNode } from 'preact';
import type { VerificationReport as Report } from '../../protocol/verification.ts';
import { FindingList } from './finding-list.tsx';
import { SignatureReport } from './signature-report.tsx';
import { useText } from './text/text-context.ts';
import { VerdictBanner } from './verdict-banner.tsx';

/** What verification found of a file, the verdict first. `name` is the file's. */
export function VerificationReport({ report, name }: { report: Report; name: string }): VNode {
  const text = useText().verification;
  const about = [name, text.kinds[report.kind], text.signatures(report.signatures.length)].join(' · ');
  return (
    <section class="report" aria-label={text.report}>
      <VerdictBanner verdict={report.verdict} about={about} />
      {report.findings.length > 0 && (
        <div class="card">
          <FindingList findings={report.findings} />
        </div>
      )}
      {report.signatures.map((signature, index) => (
        <SignatureReport key={index} signature={signature} number={index + 1} />
      ))}
    </section>
  );
}
