import { entry, type CatalogueEntry } from './catalogue-entry.ts';

/** A site that runs the flow of its platform itself (driver `site`); part of the group `site`. */
export const siteFlowErrors = {
  SITE_FLOW_FAILED: entry(
    true,
    ['网站没有完成操作', '网站向证书平台发出的请求没有成功。', '请重试；仍不行请联系网站客服。'],
    [
      'The site could not go on',
      'The site’s own request to the certificate platform failed.',
      'Try again; if it persists, ask the site’s support.',
    ],
  ),
  SITE_FLOW_TIMEOUT: entry(
    true,
    ['网站没有答复', '网站没有在规定时间内给出下一步。', '请刷新网页后重试。'],
    [
      'The site does not answer',
      'The site did not give the next step in time.',
      'Reload the page and try again.',
    ],
  ),
  SITE_FLOW_PROTOCOL: entry(
    false,
    ['网站的答复异常', '网站给出的内容不符合接口约定。', '请联系网站客服。'],
    [
      'Unexpected answer from the site',
      'What the site gave does not follow the interface.',
      'Ask the site’s support.',
    ],
  ),
  QR_HOST_FOREIGN: entry(
    false,
    [
      '二维码指向别的网站',
      '二维码里的地址既不是证书平台的，也不是本网站的，已停止显示。',
      '请勿扫描；请联系网站客服或证书平台热线。',
    ],
    [
      'The QR leads elsewhere',
      'Its address is neither the platform’s nor this site’s; it is not shown.',
      'Do not scan it; ask the site’s support or the platform’s hotline.',
    ],
  ),
} as const satisfies Record<string, CatalogueEntry>;
