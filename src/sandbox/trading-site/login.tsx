import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { connectBridge, type Bridge } from '../../sdk/ca-bridge.ts';
import { failureOf, type Failure } from './failures.ts';
import { LoginFailure } from './login-failure.tsx';
import { LoginProgress, type LoginStage } from './login-progress.tsx';
import { fetchChallenge, submitToken } from './site-api.ts';
import { SiteFooter, SiteHeader } from './site-header.tsx';

type View =
  | { readonly name: 'entries' }
  | { readonly name: 'progress'; readonly stage: LoginStage }
  | { readonly name: 'failure'; readonly failure: Failure };

function Entries({ onBridge }: { onBridge: () => void }) {
  return (
    <div class="entries">
      <button type="button" class="entry main-entry" onClick={onBridge}>
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <path d="M5 12V7a2 2 0 0 1 2-2h5m8 0h5a2 2 0 0 1 2 2v5m0 8v5a2 2 0 0 1-2 2h-5m-8 0H7a2 2 0 0 1-2-2v-5M5 16h22" />
        </svg>
        <span>
          <strong>全国共享互认CA入口</strong>
          <small>使用移动数字证书（CA）扫码登录</small>
        </span>
      </button>
      <div class="entry idle-entry">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <path d="M16 15a5 5 0 1 0 0-10 5 5 0 0 0 0 10ZM6 27c1-6 5-8 10-8s9 2 10 8" />
        </svg>
        <span>
          <strong>广东省统一身份认证入口</strong>
          <small>不在本沙箱范围内，此处不可用</small>
        </span>
      </div>
    </div>
  );
}

function Notice() {
  return (
    <section class="notice" aria-labelledby="notice-title">
      <h1 id="notice-title">
        公共资源交易
        <br />
        一次扫码，安全登录
      </h1>
      <ul>
        <li>登录前请在手机上安装已启用的全国互认 APP，并办理好移动数字证书（CA）。</li>
        <li>扫码窗口会显示请求登录的网站和一个两位数字，请与手机上显示的逐一核对。</li>
        <li>数字不一致、网站不是本系统时，请在手机上选择拒绝。</li>
      </ul>
    </section>
  );
}

function LoginPage() {
  const [view, setView] = useState<View>({ name: 'entries' });
  const running = useRef<AbortController | undefined>(undefined);
  const connected = useRef<Bridge | undefined>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const show = (stage: LoginStage): void => setView({ name: 'progress', stage });
  const logIn = async (): Promise<void> => {
    if (running.current !== undefined) return;
    const controller = new AbortController();
    running.current = controller;
    show('connecting');
    try {
      const bridge = (connected.current ??= await connectBridge({ signal: controller.signal }));
      const challenge = await fetchChallenge();
      const token = await bridge.login({ challenge }, { signal: controller.signal, onState: show });
      show('verifying');
      await submitToken(challenge, token);
      location.assign('/shell.html');
    } catch (error) {
      if (failureOf(error).code.startsWith('BRIDGE_')) connected.current = undefined;
      setView(
        controller.signal.aborted ? { name: 'entries' } : { name: 'failure', failure: failureOf(error) },
      );
    } finally {
      running.current = undefined;
    }
  };

  return (
    <div class="login-page">
      <SiteHeader />
      <main class="login-main">
        <Notice />
        <div class="login-card">
          <h2 class="card-title">主体登录</h2>
          {view.name === 'entries' && <Entries onBridge={() => void logIn()} />}
          {view.name === 'progress' && (
            <LoginProgress stage={view.stage} onCancel={() => running.current?.abort()} />
          )}
          {view.name === 'failure' && (
            <LoginFailure
              failure={view.failure}
              onRetry={() => void logIn()}
              onBack={() => setView({ name: 'entries' })}
            />
          )}
        </div>
      </main>
      <SiteFooter />
    </div>
  );
}

const page = document.getElementById('page');
if (page !== null) render(<LoginPage />, page);
