import { render } from 'preact';
import { useState } from 'preact/hooks';
import type { SessionState } from '../../protocol/session-states.ts';
import { filesOf } from './files-of.ts';
import { FailureNote, RunningNote } from './run-parts.tsx';
import { SigningResult } from './signing-result.tsx';
import { createSiteDriverFlow, type FlowFault } from './site-driver-flow.ts';
import { flowTasks, runFlowTask, type FlowResult, type FlowTask } from './site-driver-runs.ts';
import { SiteFooter, SiteHeader } from './site-header.tsx';
import { useRun } from './use-run.ts';

const states: Readonly<Record<SessionState, string>> = {
  requested: '正在读取文件…',
  awaitingConsent: '请在弹出的窗口中继续',
  preparing: '本网站正在向证书平台申请二维码…',
  awaitingScan: '请在弹出的窗口中扫码',
  expired: '二维码已过期，请在弹出的窗口中刷新',
  scanned: '已扫码，请在手机上继续',
  arranging: '请在弹出的窗口中继续',
  signing: '请在手机上确认',
  confirmed: '手机已确认，正在处理文件…',
  completing: '正在取回文件…',
  succeeded: '已完成',
  cancelled: '已取消',
  failed: '未完成',
};

const taskNames: Readonly<Record<FlowTask, string>> = {
  login: '扫码登录',
  seal: '签章（七步）',
  encrypt: '加密',
  decrypt: '授权解密',
};

/** What the address asks to go wrong: `?fault=foreignHost` or `?fault=silent`. */
function faultOf(address: string): FlowFault | undefined {
  const fault = new URL(address).searchParams.get('fault');
  return fault === 'foreignHost' || fault === 'silent' ? fault : undefined;
}

function SiteDriverPage() {
  const { view, run, cancel, reset } = useRun<FlowResult>(states);
  const [steps, setSteps] = useState<readonly string[]>([]);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const task = flowTasks.find((known) => known === data.get('task')) ?? 'login';
    const files = filesOf(form);
    setSteps([]);
    const flow = createSiteDriverFlow({
      keys: data.get('keys') === 'wrapped' ? 'wrapped' : 'bare',
      fault: faultOf(location.href),
      onStep: (step) => setSteps((known) => [...known, step]),
    });
    void run((tools) => runFlowTask(task, files, flow, tools));
  };
  return (
    <div class="flow-page">
      <SiteHeader />
      <main class="panel signing">
        <h1>网站自行对接证书平台（公布的中招互连流程）</h1>
        <p class="hint">
          二维码由本网站的后台向平台前置机申请，扩展只负责显示、核对二维码指向，并调用签章和加解密客户端。
        </p>
        {view.name === 'form' && (
          <form onSubmit={submit}>
            <label>
              操作
              <select name="task">
                {flowTasks.map((task) => (
                  <option key={task} value={task}>
                    {taskNames[task]}
                  </option>
                ))}
              </select>
            </label>
            <label>
              文件（登录不需要）
              <input type="file" name="file" multiple />
            </label>
            <label>
              解密时平台给出的密钥
              <select name="keys">
                <option value="bare">对称密钥原文（公布的流程）</option>
                <option value="wrapped">封装给客户端的一次性公钥</option>
              </select>
            </label>
            <button class="button primary">开始</button>
          </form>
        )}
        {view.name === 'running' && <RunningNote stage={view.stage} text={view.text} onCancel={cancel} />}
        {view.name === 'done' && (
          <>
            <p role="status" data-done>
              {view.result.text}
            </p>
            <SigningResult files={view.result.files} onAgain={reset} />
          </>
        )}
        {view.name === 'failure' && <FailureNote failure={view.failure} onBack={reset} />}
        <ol class="flow-steps" aria-label="本网站已完成的步骤">
          {steps.map((step, index) => (
            <li key={index}>{step}</li>
          ))}
        </ol>
      </main>
      <SiteFooter />
    </div>
  );
}

const page = document.getElementById('page');
if (page !== null) render(<SiteDriverPage />, page);
