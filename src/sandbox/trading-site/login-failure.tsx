import type { Failure } from './failures.ts';

function Installing() {
  return (
    <ol class="install">
      <li>在浏览器的扩展商店中查找并安装“CA互认桥”；在测试环境中，由测试人员加载已构建的扩展。</li>
      <li>安装后请刷新本页面，再点“全国共享互认CA入口”。</li>
      <li>若已安装，请确认扩展已启用，并允许它在本网站上运行。</li>
    </ol>
  );
}

export function LoginFailure({
  failure,
  onRetry,
  onBack,
}: {
  failure: Failure;
  onRetry: () => void;
  onBack: () => void;
}) {
  const { code, text } = failure;
  return (
    <section class="failure" role="alert" aria-labelledby="failure-title">
      <h2 id="failure-title">{text.title}</h2>
      <p>{text.cause}</p>
      <p class="remedy">{text.remedy}</p>
      {code === 'BRIDGE_NOT_INSTALLED' && <Installing />}
      <div class="actions">
        <button type="button" class="button primary" onClick={onRetry}>
          重新登录
        </button>
        <button type="button" class="button secondary" onClick={onBack}>
          返回
        </button>
      </div>
      <p class="code">错误代码 {code}</p>
    </section>
  );
}
