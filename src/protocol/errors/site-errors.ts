import { siteFlowErrors } from './site-flow-errors.ts';
import { entry, type GroupEntries } from './catalogue-entry.ts';

export const siteErrors: GroupEntries<'site'> = {
  BAD_REQUEST: entry(
    false,
    ['网站的请求有误', '网站发来的请求缺少内容、格式不对或超出长度。', '请联系交易系统技术支持。'],
    [
      'Malformed request',
      'The site’s request lacks something, has the wrong shape, or is too long.',
      'Please contact the trading system’s support.',
    ],
  ),
  REQUEST_ABORTED: entry(
    true,
    ['网站撤回了请求', '网页自己中止了这次操作。', '需要时请在网页上重新操作。'],
    [
      'Withdrawn by the site',
      'The page itself ended this request.',
      'Start again on the page when you are ready.',
    ],
  ),
  PAGE_GONE: entry(
    true,
    ['网页已离开', '发出请求的网页已关闭、刷新或跳转。', '请回到网页重新操作。'],
    [
      'The page has gone',
      'The page that asked was closed, reloaded or left.',
      'Go back to the page and start again.',
    ],
  ),
  ORIGIN_NOT_ALLOWED: entry(
    false,
    [
      '此网站未启用',
      '此网站不在 CA互认桥 的启用名单中。',
      '请点浏览器工具栏上的 CA互认桥 图标，确认网址后启用；或联系管理员。',
    ],
    [
      'Site not enabled',
      'This site is not among those on which CA Bridge runs.',
      'Open CA Bridge from the toolbar, check the address and enable the site, or ask your administrator.',
    ],
  ),
  FRAME_NOT_ALLOWED: entry(
    false,
    ['不支持嵌入的网页', '请求来自嵌在其他网页里的框架。', '请直接打开交易系统的网址后再操作。'],
    [
      'Embedded page refused',
      'The request came from a frame inside another page.',
      'Open the trading system’s own address and start again.',
    ],
  ),
  INSECURE_CONTEXT: entry(
    false,
    ['连接不安全', '此网页没有使用 https，不能保证对方是真正的交易系统。', '请使用以 https:// 开头的网址。'],
    [
      'Insecure connection',
      'The page was not loaded over https, so nobody can vouch for who it is.',
      'Use the address that begins with https://.',
    ],
  ),
  SESSION_BUSY: entry(
    true,
    ['已有一个操作在进行', '此网页已有一个尚未完成的扫码请求。', '请先在扫码窗口中完成或取消它。'],
    [
      'Another request is under way',
      'This page already has a scan request that has not ended.',
      'Finish or cancel it in the scan window first.',
    ],
  ),
  TOO_MANY_REQUESTS: entry(
    true,
    ['请求太多', '同时进行的操作已达上限。', '请先完成或取消其他扫码窗口，必要时刷新网页。'],
    [
      'Too many requests',
      'The limit of simultaneous requests is reached.',
      'Finish or cancel the other scan windows; reload the page if need be.',
    ],
  ),
  API_VERSION_TOO_OLD: entry(
    false,
    ['CA互认桥 版本过低', '此网站需要更新版本的 CA互认桥。', '请在浏览器扩展管理页更新 CA互认桥 后重试。'],
    [
      'CA Bridge is too old',
      'The site needs a newer version of CA Bridge.',
      'Update CA Bridge on the browser’s extensions page, then try again.',
    ],
  ),
  TOKEN_MALFORMED: entry(
    false,
    [
      '登录凭证格式错误',
      '登录凭证缺少内容、格式不对或版本未知。',
      '请重新登录；仍不行请联系交易系统技术支持。',
    ],
    [
      'Malformed login token',
      'The login token lacks something, has the wrong shape, or an unknown version.',
      'Log in again; if it persists, contact the trading system’s support.',
    ],
  ),
  TOKEN_ORIGIN_MISMATCH: entry(
    false,
    [
      '登录凭证属于其他网站',
      '登录凭证是为另一个网址签发的。',
      '请确认网址无误后重新登录，并向交易中心报告。',
    ],
    [
      'Login token of another site',
      'The login token was made for a different origin.',
      'Check the address, log in again, and report it to the trading centre.',
    ],
  ),
  TOKEN_SIGNATURE_INVALID: entry(
    false,
    ['签名验证失败', '登录凭证的 SM2 签名与内容、证书不符。', '请重新登录；仍不行请联系证书 App 客服。'],
    [
      'Signature does not verify',
      'The SM2 signature matches neither the request nor the certificate.',
      'Log in again; if it persists, contact the certificate app’s hotline.',
    ],
  ),
  CHALLENGE_UNKNOWN: entry(
    true,
    ['登录挑战码不存在', '本网站没有签发过此挑战码，或它属于另一个会话。', '请刷新登录页后重试。'],
    [
      'Unknown challenge',
      'This site never issued this challenge, or issued it to another session.',
      'Reload the login page and try again.',
    ],
  ),
  CHALLENGE_STALE: entry(
    true,
    ['登录挑战码已过期', '从打开登录页到完成扫码的时间过长。', '请刷新登录页后重试。'],
    [
      'Stale challenge',
      'Too much time passed between opening the login page and the scan.',
      'Reload the login page and try again.',
    ],
  ),
  CHALLENGE_REUSED: entry(
    true,
    ['登录挑战码已使用', '同一挑战码只能使用一次。', '请刷新登录页后重试。'],
    ['Challenge used before', 'A challenge serves once only.', 'Reload the login page and try again.'],
  ),
  CERTIFICATE_MALFORMED: entry(
    false,
    ['证书格式错误', '证书无法解析，或不是 SM2 证书。', '请联系证书 App 客服。'],
    [
      'Malformed certificate',
      'The certificate cannot be read, or is no SM2 certificate.',
      'Contact the certificate app’s hotline.',
    ],
  ),
  CERTIFICATE_NOT_YET_VALID: entry(
    false,
    ['证书尚未生效', '证书的有效期还没有开始。', '请核对电脑时间，或在证书生效后再试。'],
    [
      'Certificate not yet valid',
      'The certificate’s validity has not begun.',
      'Check the clock, or try again when the certificate is valid.',
    ],
  ),
  CERTIFICATE_EXPIRED: entry(
    false,
    [
      '证书已过期',
      '证书的有效期已结束。',
      '请在证书 App 中续期；注意续期后的证书不能解密用旧证书加密的文件。',
    ],
    [
      'Certificate expired',
      'The certificate’s validity has ended.',
      'Renew it in the certificate app. A renewed certificate cannot open files encrypted to the old one.',
    ],
  ),
  CERTIFICATE_UNTRUSTED: entry(
    false,
    ['证书不受信任', '证书不是由本系统认可的机构签发。', '请确认所用证书 App 已在本系统启用。'],
    [
      'Certificate not trusted',
      'The certificate was not issued by an authority that this system accepts.',
      'Check that your certificate app is enabled in this system.',
    ],
  ),
  CERTIFICATE_KEY_USAGE: entry(
    false,
    ['证书用途不符', '此证书不能用于签名（例如误用了加密证书）。', '请在证书 App 中下载签名证书后重试。'],
    [
      'Wrong certificate purpose',
      'This certificate may not sign (an encryption certificate, for example).',
      'Download the signing certificate in the app and try again.',
    ],
  ),
  ...siteFlowErrors,
};
