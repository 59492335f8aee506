import type { Recipient } from '../../protocol/bids.ts';
import type { OpenedResult, Opened } from './bid-runs.ts';
import { successText, taskNames, warningTexts, type OpeningTask } from './bid-texts.ts';
import { DownloadLink } from './download-link.tsx';
import { sizeText, timeText } from './facts-text.ts';
import { catalogued } from './failures.ts';
import { FailureWords } from './run-parts.tsx';

/** What became of each file, partial results as such; a failure names its cause and the next step. */
export function BidOutcomes({ result, onAgain }: { result: OpenedResult; onAgain: () => void }) {
  const { task, files, certificate } = result;
  const good = files.filter(({ outcome }) => outcome.ok).length;
  return (
    <section class="outcomes" aria-label={`${taskNames[task]}结果`} data-task={task}>
      <div role="status" data-good={good} data-bad={files.length - good}>
        <h2>{headline(task, good, files.length)}</h2>
      </div>
      {certificate !== undefined && <p class="hint">手机上的加密证书：{certificateText(certificate)}</p>}
      <ul>
        {files.map((opened, index) => (
          <Outcome key={index} opened={opened} task={task} />
        ))}
      </ul>
      <button type="button" class="button secondary" onClick={onAgain}>
        返回
      </button>
    </section>
  );
}

function headline(task: OpeningTask, good: number, total: number): string {
  if (good === total) return `${taskNames[task]}：全部 ${total} 个文件${successText(task)}`;
  return `${taskNames[task]}：${total} 个文件中 ${good} 个${successText(task)}，${total - good} 个没有成功`;
}

const certificateText = ({ name, serialNumber }: Recipient): string => `${name}（序列号 ${serialNumber}）`;

function Outcome({ opened: { outcome, unread }, task }: { opened: Opened; task: OpeningTask }) {
  const { name, recipients } = outcome;
  if (!outcome.ok) {
    const { code, message } = outcome.error;
    const failure = catalogued(code) ?? { code, text: { title: message, cause: '', remedy: '' } };
    return (
      <li data-bid={name} data-outcome="failed" data-code={code}>
        <h3>{name}</h3>
        <p class="bad">没有成功：{failure.text.title}</p>
        <FailureWords failure={failure} />
        {recipients.length > 0 && (
          <p class="hint">文件需要的证书（其中任何一张）：{recipients.map(certificateText).join('、')}</p>
        )}
      </li>
    );
  }
  const { plain, encryptedAt, warnings, file } = outcome;
  return (
    <li data-bid={name} data-outcome="opened">
      <h3>{name}</h3>
      <p class="good">{successText(task)}</p>
      {plain !== undefined && (
        <dl>
          <Fact name="原文件" value={`${plain.name}，${sizeText(plain.size)}`} />
          <Fact name="原文件 SM3" value={plain.sm3} />
          {encryptedAt !== undefined && <Fact name="加密时间" value={timeText(encryptedAt)} />}
        </dl>
      )}
      {warnings.map((warning) => (
        <p key={warning} class="warning" data-warning={warning}>
          {warningTexts[warning]}
        </p>
      ))}
      {unread !== undefined && (
        <div class="failure" role="alert" data-code={unread.code}>
          <p>已解密，但系统没有登记唱标：{unread.text.title}</p>
          <FailureWords failure={unread} />
        </div>
      )}
      {file !== undefined && <DownloadLink file={file}>{`保存 ${file.name}`}</DownloadLink>}
      {task === 'decrypt' && file === undefined && <p>解密后的文件已交由您保存在本机。</p>}
    </li>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
