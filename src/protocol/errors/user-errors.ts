import { entry, type GroupEntries } from './catalogue-entry.ts';

export const userErrors: GroupEntries<'user'> = {
  USER_CANCELLED: entry(
    true,
    ['已取消', '您关闭了扫码窗口或点了“取消”。', '需要时请在网页上重新操作。'],
    [
      'Cancelled',
      'You closed the scan window or pressed Cancel.',
      'Start again on the page when you are ready.',
    ],
  ),
  USER_REFUSED: entry(
    true,
    ['已在手机上拒绝', '手机 App 上点了“拒绝”。', '如果是误点，请在网页上重新操作并在手机上确认。'],
    [
      'Refused on the phone',
      'Refuse was pressed in the phone app.',
      'If that was a slip, start again on the page and confirm on the phone.',
    ],
  ),
  QR_EXPIRED: entry(
    true,
    ['二维码已过期', '在有效时间内没有完成扫码。', '请点“刷新二维码”，或在网页上重新操作。'],
    [
      'The QR code has expired',
      'It was not scanned and confirmed in time.',
      'Press “New QR code”, or start again on the page.',
    ],
  ),
  CONFIRMATION_TIMEOUT: entry(
    true,
    [
      '手机未及时确认',
      '已扫码，但没有在规定时间内在手机上输入口令并确认。',
      '请在网页上重新操作，扫码后尽快在手机上确认。',
    ],
    [
      'Not confirmed in time',
      'The QR code was scanned, but PIN and confirmation did not follow in time.',
      'Start again on the page and confirm on the phone soon after scanning.',
    ],
  ),
  TOO_MANY_DISMISSALS: entry(
    true,
    ['请求过于频繁', '此网站在您多次取消后仍反复请求，已被暂时拦截。', '请等半分钟后再在网页上操作。'],
    [
      'Too many requests',
      'The site kept asking although you dismissed its requests, so it is held back for a while.',
      'Wait half a minute, then start again on the page.',
    ],
  ),
};
