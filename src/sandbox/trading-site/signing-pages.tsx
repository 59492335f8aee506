import type { SessionState } from '../../protocol/session-states.ts';
import { filesOf } from './files-of.ts';
import { FailureNote, RunningNote } from './run-parts.tsx';
import { SigningResult } from './signing-result.tsx';
import {
  revokeLastSeal,
  sealFiles,
  signContent,
  testSealing,
  type FinishedFile,
  type SealOrder,
} from './signing-runs.ts';
import { useRun, type Run } from './use-run.ts';

const states: Readonly<Record<SessionState, string>> = {
  requested: '正在由签章客户端读取文件…',
  awaitingConsent: '请在弹出的窗口中选择证书平台',
  preparing: '正在向证书平台申请二维码…',
  awaitingScan: '请在弹出的窗口中扫码',
  expired: '二维码已过期，请在弹出的窗口中刷新',
  scanned: '已扫码，请在手机上核对数字',
  arranging: '请在弹出的窗口中选择印章和位置',
  signing: '请在手机上核对数字并输入口令',
  confirmed: '手机已确认，正在校验并写入文件…',
  completing: '正在取回文件…',
  succeeded: '已完成',
  cancelled: '已取消',
  failed: '未完成',
};

const useSigning = () => useRun<readonly FinishedFile[]>(states);

interface PageProps {
  readonly title: string;
  readonly intro: string;
  readonly run: Run<readonly FinishedFile[]>;
  readonly children: preact.ComponentChildren;
}

function SigningPage({ title, intro, run: { view, cancel, reset }, children }: PageProps) {
  return (
    <section class="panel signing">
      <h1>{title}</h1>
      <p class="hint">{intro}</p>
      {view.name === 'form' && children}
      {view.name === 'running' && <RunningNote stage={view.stage} text={view.text} onCancel={cancel} />}
      {view.name === 'done' && <SigningResult files={view.result} onAgain={reset} />}
      {view.name === 'failure' && <FailureNote failure={view.failure} onBack={reset} />}
    </section>
  );
}

export function SealPage() {
  const run = useSigning();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const order = {
      files: filesOf(form),
      place: data.get('place') as SealOrder['place'],
      format: data.get('format') as SealOrder['format'],
    };
    void run.run((options) => sealFiles(order, options));
  };
  return (
    <SigningPage
      title="投标文件签章"
      intro="一次扫码可为多个 PDF 盖章，最多 20 个。原文件不会被改动。"
      run={run}
    >
      <form onSubmit={submit}>
        <label>
          投标文件（PDF）
          <input type="file" name="file" accept=".pdf" multiple required />
        </label>
        <label>
          建议的盖章位置
          <select name="place">
            <option value="none">由投标人决定</option>
            <option value="keyword">关键字 SEAL HERE 处</option>
            <option value="seam">骑缝章</option>
          </select>
        </label>
        <label>
          签名格式
          <select name="format">
            <option value="cms">SM2 CMS</option>
            <option value="ses">GB/T 38540 电子签章</option>
          </select>
        </label>
        <button class="button primary">扫码签章</button>
      </form>
    </SigningPage>
  );
}

export function RevokePage() {
  const run = useSigning();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const [file] = filesOf(event.currentTarget as HTMLFormElement);
    if (file !== undefined) void run.run((options) => revokeLastSeal(file, options));
  };
  return (
    <SigningPage title="撤章" intro="撤去本人盖的最后一枚印章，文件恢复到盖章之前。" run={run}>
      <form onSubmit={submit}>
        <label>
          已盖章的 PDF
          <input type="file" name="file" accept=".pdf" required />
        </label>
        <button class="button primary">扫码撤章</button>
      </form>
    </SigningPage>
  );
}

export function MessagePage() {
  const run = useSigning();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const [file] = filesOf(form);
    const content = file === undefined ? { text: String(data.get('text')) } : { file };
    const kind = data.get('form') === 'detached' ? 'detached' : 'attached';
    void run.run((options) => signContent(content, kind, options));
  };
  return (
    <SigningPage title="报文签名" intro="签署一段文字，或一个任意大小的文件。" run={run}>
      <form onSubmit={submit}>
        <label>
          文字
          <textarea name="text" rows={4}>
            我方确认参加本项目投标。
          </textarea>
        </label>
        <label>
          或文件
          <input type="file" name="file" />
        </label>
        <label>
          形式
          <select name="form">
            <option value="attached">包含原文</option>
            <option value="detached">不含原文</option>
          </select>
        </label>
        <button class="button primary">扫码签名</button>
      </form>
    </SigningPage>
  );
}

export function SelfTestPage() {
  const run = useSigning();
  return (
    <SigningPage
      title="扫码签章检测"
      intro="用一份示例文件走完扫码签章的全部步骤，检查浏览器扩展、签章客户端、手机证书和印章是否可用。"
      run={run}
    >
      <button type="button" class="button primary" onClick={() => void run.run(testSealing)}>
        开始检测
      </button>
    </SigningPage>
  );
}
