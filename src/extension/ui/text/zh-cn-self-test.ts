import type { SelfTestText } from './self-test-text.ts';

export const zhCnSelfTest: SelfTestText = {
  title: '扫码签章检测',
  intro:
    '用一个示例 PDF 走一遍真实的扫码签章：读取文件、手机扫码、盖章、验章。约需一分钟，建议在投标截止前完成。',
  needs: '请准备好：装有证书 App 的手机、证书口令。示例文件不会提交给任何网站。',
  start: '开始检测',
  again: '重新检测',
  stop: '停止检测',
  steps: {
    client: '找到签章客户端',
    read: '读取示例文件',
    scanned: '手机扫码',
    sealed: '盖章',
    verified: '验章',
  },
  inWindow: '请在弹出的扫码窗口中继续。',
  passed: { title: '检测通过', next: '这台电脑可以扫码签章。下面是盖好章的示例文件。' },
  doubtful: { title: '已盖章，但验章有提示', next: '盖章流程可用；请看下面的验章结果。' },
  failed: '检测没有通过',
  preview: '盖章后的页面',
  download: '下载盖章后的示例文件',
  fileName: '扫码签章检测.pdf',
};
