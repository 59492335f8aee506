import { entry, type GroupEntries } from './catalogue-entry.ts';

export const bridgeErrors: GroupEntries<'bridge'> = {
  BRIDGE_NOT_INSTALLED: entry(
    false,
    [
      '未安装 CA互认桥',
      '此浏览器没有安装 CA互认桥，或它没有在此网站启用。',
      '请安装并启用 CA互认桥 后刷新网页。',
    ],
    [
      'CA Bridge is not installed',
      'This browser has no CA Bridge, or it is not enabled on this site.',
      'Install and enable CA Bridge, then reload the page.',
    ],
  ),
  BRIDGE_NOT_RESPONDING: entry(
    true,
    ['CA互认桥 没有响应', '扩展没有在规定时间内答复。', '请刷新网页重试；仍不行请重启浏览器。'],
    [
      'CA Bridge does not answer',
      'The extension gave no answer in time.',
      'Reload the page and try again; if it persists, restart the browser.',
    ],
  ),
  BRIDGE_RELOAD_NEEDED: entry(
    true,
    ['请刷新网页', 'CA互认桥 刚刚更新或重新启用，此网页仍连着旧版本。', '请刷新网页后重试。'],
    [
      'Reload the page',
      'CA Bridge was just updated or enabled again, and this page still holds the old one.',
      'Reload the page and try again.',
    ],
  ),
  BRIDGE_INTERNAL: entry(
    true,
    ['CA互认桥 内部错误', '出现了意料之外的情况。', '请重试；仍不行请导出诊断报告联系客服。'],
    [
      'Internal error of CA Bridge',
      'Something unforeseen happened.',
      'Try again; if it persists, send the diagnostic report to the hotline.',
    ],
  ),
};
