import type { ComponentChildren } from 'preact';

/** The system's name on every page, and what this page adds to it. */
export function SiteHeader({ children }: { children?: ComponentChildren }) {
  return (
    <header class="site-header">
      <div class="site-header-inner">
        <svg class="site-mark" viewBox="0 0 40 40" aria-hidden="true">
          <path d="M4 29h32M20 7v27M20 10 8 29M20 10l12 19M20 18l-6 11m6-11 6 11" />
        </svg>
        <div class="site-name">
          <strong>
            湛江市公共资源电子交易系统 <span class="site-version">2.0</span>
          </strong>
          <span class="sandbox-badge">测试沙箱 SANDBOX</span>
        </div>
        {children}
      </div>
    </header>
  );
}

export function SiteFooter() {
  return (
    <footer class="site-footer">
      本页是 CA互认桥的测试沙箱，只在本机运行，与真实的交易系统没有任何连接；页面上的主体与证书均为测试数据。
    </footer>
  );
}
