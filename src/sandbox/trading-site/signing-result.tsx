import type { Verdict } from '../../protocol/verification.ts';
import { DownloadLink } from './download-link.tsx';
import type { FinishedFile } from './signing-runs.ts';

const verdictTexts: Readonly<Record<Verdict, string>> = {
  valid: '系统后台验章：有效',
  validWithWarnings: '系统后台验章：有效，有提示',
  cannotTell: '系统后台验章：无法判断',
  invalid: '系统后台验章：无效',
};

/** The finished files, and what the back end's verifier says of each. */
export function SigningResult({ files, onAgain }: { files: readonly FinishedFile[]; onAgain: () => void }) {
  return (
    <div class="finished" role="status">
      <h2>已完成</h2>
      <ul>
        {files.map(({ file, report }) => (
          <li key={file.name} data-verdict={report?.verdict}>
            <DownloadLink file={file}>{`下载 ${file.name}`}</DownloadLink>
            {report !== undefined && (
              <p>
                {verdictTexts[report.verdict]}
                {report.signatures
                  .map(({ signer }) => ` · ${signer?.organization ?? signer?.name ?? '未知'}`)
                  .join('')}
              </p>
            )}
          </li>
        ))}
      </ul>
      <button type="button" class="button secondary" onClick={onAgain}>
        再次操作
      </button>
    </div>
  );
}
