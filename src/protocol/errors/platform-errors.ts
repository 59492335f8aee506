import { entry, type GroupEntries } from './catalogue-entry.ts';

export const platformErrors: GroupEntries<'platform'> = {
  FRONT_SERVER_UNREACHABLE: entry(
    true,
    ['连不上证书平台', '连接证书平台的前置机失败。', '请检查网络后重试；仍不行请拨打平台服务热线。'],
    [
      'Certificate platform unreachable',
      'No connection to the platform’s front server.',
      'Check the network and try again; if it persists, call the platform’s hotline.',
    ],
  ),
  FRONT_SERVER_TIMEOUT: entry(
    true,
    ['证书平台没有响应', '证书平台的前置机在规定时间内没有答复。', '请稍后重试；仍不行请拨打平台服务热线。'],
    [
      'Certificate platform does not answer',
      'The platform’s front server gave no answer in time.',
      'Try again shortly; if it persists, call the platform’s hotline.',
    ],
  ),
  FRONT_SERVER_BUSY: entry(
    true,
    ['证书平台繁忙', '证书平台限制了请求频率。', '请等一分钟后重试。'],
    [
      'Certificate platform is busy',
      'The platform limits how often it may be asked.',
      'Wait a minute and try again.',
    ],
  ),
  FRONT_SERVER_FAILED: entry(
    true,
    ['证书平台出错', '证书平台的前置机报告内部错误。', '请稍后重试；仍不行请拨打平台服务热线。'],
    [
      'Certificate platform failed',
      'The platform’s front server reports an internal error.',
      'Try again shortly; if it persists, call the platform’s hotline.',
    ],
  ),
  FRONT_SERVER_PROTOCOL: entry(
    false,
    [
      '证书平台的答复异常',
      '前置机的答复与本次请求不符或无法识别，为安全起见已中止。',
      '请勿继续扫码，并向平台服务热线报告。',
    ],
    [
      'Unexpected answer from the platform',
      'The front server’s answer does not fit this request or cannot be read, so it was stopped for safety.',
      'Do not scan; report it to the platform’s hotline.',
    ],
  ),
  FRONT_SERVER_REFUSED: entry(
    false,
    ['证书平台拒绝了请求', '前置机不接受此网站或此操作。', '请选择其他证书平台，或联系交易系统技术支持。'],
    [
      'Refused by the platform',
      'The front server does not accept this site or this action.',
      'Choose another platform, or contact the trading system’s support.',
    ],
  ),
  RESULT_MISMATCH: entry(
    false,
    [
      '结果与请求不符',
      '证书平台返回的结果不属于本次请求，已丢弃。',
      '请重新操作；若再次出现，请向平台服务热线报告。',
    ],
    [
      'Result does not fit the request',
      'The result that the platform returned belongs to another request and was dropped.',
      'Start again; if it recurs, report it to the platform’s hotline.',
    ],
  ),
  SIGNATURE_MISMATCH: entry(
    false,
    [
      '签名与文件不符',
      '手机返回的签名不是对本次文件作出的，已丢弃，没有生成文件。',
      '请重新操作；若再次出现，请向平台服务热线报告。',
    ],
    [
      'The signature does not fit the document',
      'What the phone returned was not made over this document; it was dropped and no file was written.',
      'Start again; if it recurs, report it to the platform’s hotline.',
    ],
  ),
};
