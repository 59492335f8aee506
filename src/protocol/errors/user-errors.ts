import { bidErrors } from './bid-errors.ts';
import { vendorUserErrors } from './vendor-errors.ts';
import { entry, type GroupEntries } from './catalogue-entry.ts';

export const userErrors: GroupEntries<'user'> = {
  ...bidErrors,
  ...vendorUserErrors,
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
  DOCUMENT_NOT_PDF: entry(
    false,
    ['不是 PDF 文件', '文件内容不是 PDF，改扩展名没有用。', '请选择 PDF 文件。'],
    ['Not a PDF', 'The file’s content is no PDF, whatever its name says.', 'Choose a PDF file.'],
  ),
  DOCUMENT_ENCRYPTED: entry(
    false,
    ['PDF 已加密', '文件设有密码或权限限制，不能签章。', '请去掉密码和限制，另存后再签章。'],
    [
      'The PDF is encrypted',
      'It has a password or restrictions and cannot be sealed.',
      'Remove password and restrictions, save it anew, and seal that file.',
    ],
  ),
  DOCUMENT_DAMAGED: entry(
    false,
    ['文件已损坏', '文件不完整或结构有误，无法安全处理。', '请重新生成或重新下载该文件。'],
    [
      'The file is damaged',
      'It is incomplete or its structure is broken, so it cannot be handled safely.',
      'Make or download the file again.',
    ],
  ),
  DOCUMENT_UNSUPPORTED: entry(
    false,
    ['不支持此文件', '文件含动态表单（XFA）等结构，盖章后不能保证显示一致。', '请打印为普通 PDF 后再签章。'],
    [
      'The file is not supported',
      'It holds a dynamic form (XFA) or the like, whose look a seal could not fix.',
      'Print it to a plain PDF and seal that.',
    ],
  ),
  DOCUMENT_LOCKED: entry(
    false,
    ['文件不允许再签章', '前一个签名声明此文件不得再改动。', '请使用未锁定的文件，或联系前一签署人。'],
    [
      'The file allows no further seal',
      'An earlier signature declares that nothing may change.',
      'Use a file that is not locked, or ask the earlier signer.',
    ],
  ),
  DOCUMENT_EMPTY: entry(
    false,
    ['文件是空的', '文件没有任何内容。', '请选择正确的文件。'],
    ['The file is empty', 'There is nothing in it.', 'Choose the right file.'],
  ),
  DOCUMENT_GONE: entry(
    true,
    ['文件读不到了', '文件被移动、删除或修改，无法继续读取。', '请保持文件不动，在网页上重新选择。'],
    [
      'The file cannot be read any more',
      'It was moved, deleted or changed.',
      'Leave the file as it is and choose it again on the page.',
    ],
  ),
  SEAL_PLACE_OUTSIDE: entry(
    true,
    ['印章位置不在页面内', '有一处印章超出页面，或页码不存在。', '请把印章放到页面内。'],
    [
      'The seal lies outside the page',
      'A place lies beyond the page’s edge or on a page that does not exist.',
      'Place the seal within the page.',
    ],
  ),
  SEAL_PICTURE_UNSUPPORTED: entry(
    false,
    ['印章图片无法使用', '印章图片不是 PNG 或 JPEG，或已损坏。', '请换一枚印章，或联系发章机构。'],
    [
      'The seal’s picture cannot be used',
      'It is neither PNG nor JPEG, or it is damaged.',
      'Choose another seal, or ask whoever issued it.',
    ],
  ),
  SEAL_UNUSABLE: entry(
    false,
    ['印章不可用', '印章已过期、尚未生效，或不属于这张证书。', '请换一枚印章，或联系发章机构。'],
    [
      'The seal cannot be used',
      'It has expired, is not valid yet, or belongs to another certificate.',
      'Choose another seal, or ask whoever issued it.',
    ],
  ),
  SEAL_NOT_YOURS: entry(
    false,
    ['不是您的印章', '最后一枚印章由另一张证书签署，只有本人可以撤章。', '请用签章时的证书扫码。'],
    [
      'The seal is not yours',
      'Another certificate made the last seal; only its holder can remove it.',
      'Scan with the certificate that made the seal.',
    ],
  ),
  SEAL_NOT_LAST: entry(
    false,
    ['不能撤章', '盖章之后文件又有改动，撤章会丢失这些改动。', '请先处理之后的改动，或使用盖章前的文件。'],
    [
      'The seal cannot be removed',
      'The file was changed after sealing, and removing the seal would lose that.',
      'Deal with the later changes first, or use the file as it was before sealing.',
    ],
  ),
  SEAL_NOT_FOUND: entry(
    false,
    ['没有可撤的印章', '文件里没有电子印章，或印章与原文件是一起生成的。', '请确认文件是否正确。'],
    [
      'There is no seal to remove',
      'The file has no seal, or it was made together with the file itself.',
      'Check that this is the right file.',
    ],
  ),
  SIGNER_EXPIRED: entry(
    false,
    ['证书不在有效期内', '手机上的签名证书已过期或尚未生效。', '请在证书 App 内更新证书后重试。'],
    [
      'The certificate is not valid now',
      'The phone’s signing certificate has expired or is not valid yet.',
      'Renew it in the certificate app and try again.',
    ],
  ),
  SIGNER_NOT_FOR_SIGNING: entry(
    false,
    ['不是签名证书', '手机给出的证书不能用于签名。', '请在手机上选择签名证书。'],
    [
      'Not a signing certificate',
      'The certificate that the phone gave is not for signing.',
      'Choose the signing certificate on the phone.',
    ],
  ),
  SIGNER_REVOKED: entry(
    false,
    ['证书已被吊销', '发证机构已吊销这张证书。', '请联系发证机构换发新证书。'],
    [
      'The certificate is revoked',
      'The authority that issued it has revoked it.',
      'Ask the authority for a new certificate.',
    ],
  ),
  SIGNER_UNTRUSTED: entry(
    false,
    ['证书不受信任', '证书不是由受信任的机构签发。', '请使用交易系统认可的证书，或联系管理员。'],
    [
      'The certificate is not trusted',
      'It was not issued by an authority that is trusted here.',
      'Use a certificate that the trading system accepts, or ask the administrator.',
    ],
  ),
  SIGNER_UNREADABLE: entry(
    false,
    ['证书无法识别', '手机给出的不是国密（SM2）证书，或内容已损坏。', '请更新证书 App，或联系发证机构。'],
    [
      'The certificate cannot be read',
      'What the phone gave is no SM2 certificate, or it is damaged.',
      'Update the certificate app, or ask the authority.',
    ],
  ),
};
