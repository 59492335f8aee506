import { assertNever } from '../../lib/assert-never.ts';
import type { EncryptedBid } from './bid-runs.ts';
import { warningTexts } from './bid-texts.ts';
import { DownloadLink } from './download-link.tsx';
import { percentText, sizeText } from './facts-text.ts';
import type { BidView } from './project-views.ts';
import { ReceiptFacts } from './receipt-facts.tsx';
import { FailureWords } from './run-parts.tsx';
import type { UploadState } from './use-uploads.ts';

interface UploadRowProps {
  readonly encrypted: EncryptedBid;
  readonly state: UploadState;
  readonly onUpload: (file: File) => void;
}

/** One encrypted file: its way to the back end, what was checked there, and its receipt. */
export function UploadRow({ encrypted: { receipt, file }, state, onUpload }: UploadRowProps) {
  return (
    <li data-bid={receipt.cipher.name} data-upload={state.name}>
      <h3>{receipt.cipher.name}</h3>
      <UploadStatus state={state} name={receipt.cipher.name} />
      {state.name === 'failed' && file !== undefined && (
        <button type="button" class="button secondary" onClick={() => onUpload(file)}>
          重新上传
        </button>
      )}
      {file === undefined && state.name !== 'taken' && state.name !== 'sending' && (
        <label>
          选择保存在本机的 {receipt.cipher.name} 上传
          <input
            type="file"
            accept=".cabid"
            onChange={({ currentTarget }) => {
              const [chosen] = currentTarget.files ?? [];
              if (chosen !== undefined) onUpload(chosen);
            }}
          />
        </label>
      )}
      <ReceiptFacts receipt={receipt} />
      {file !== undefined && <DownloadLink file={file}>下载加密文件</DownloadLink>}
    </li>
  );
}

function UploadStatus({ state, name }: { state: UploadState; name: string }) {
  switch (state.name) {
    case 'kept':
      return <p>加密文件已交由您保存在本机，尚未上传。</p>;
    case 'waiting':
      return <p>已加密，等待上传。</p>;
    case 'sending':
      return (
        <div class="sending">
          <progress value={state.part} max={1} aria-label={`上传 ${name}`} />
          <p>正在上传，已完成 {percentText(state.part)}</p>
        </div>
      );
    case 'checking':
      return <p role="status">已上传，系统后台正在核对…</p>;
    case 'taken':
      return <Checked bid={state.bid} />;
    case 'failed':
      return (
        <div class="failure" role="alert" data-code={state.failure.code}>
          <h4>未能上传：{state.failure.text.title}</h4>
          <FailureWords failure={state.failure} />
        </div>
      );
    default:
      return assertNever(state);
  }
}

function Checked({ bid: { plainSize, recipients, warnings, bidder } }: { bid: BidView }) {
  const names = recipients.map(({ organization, name }) => organization ?? name).join('、');
  return (
    <div class="checked" role="status">
      <p>
        <strong>系统后台核对无误，已接收。</strong>文件完整，与加密回执一致；原文件 {sizeText(plainSize)}。
      </p>
      <p>
        可解密的单位：{names}
        {bidder === undefined && '（当前未登录，没有核对是否本单位）'}
      </p>
      {warnings.map((warning) => (
        <p key={warning} class="warning" data-warning={warning}>
          {warningTexts[warning]}
        </p>
      ))}
    </div>
  );
}
