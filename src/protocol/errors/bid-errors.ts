import { entry, type CatalogueEntry } from './catalogue-entry.ts';

/** What the user can act on when bids are encrypted and opened; part of the group `user`. */
export const bidErrors = {
  RECIPIENT_EXPIRED: entry(
    false,
    ['加密证书不在有效期内', '用于加密的证书已过期或尚未生效。', '请在证书 App 中续期或更换证书后再加密。'],
    [
      'The encryption certificate is not valid now',
      'It has expired, or its validity has not begun.',
      'Renew or change the certificate in the app, then encrypt again.',
    ],
  ),
  RECIPIENT_NOT_FOR_ENCRYPTION: entry(
    false,
    [
      '没有可用的加密证书',
      '手机只给出了签名证书，或证书用途不含加密。',
      '请在证书 App 中下载加密证书，或联系发证机构。',
    ],
    [
      'No certificate for encryption',
      'The phone gave a signing certificate only, or one whose purpose is not encryption.',
      'Download the encryption certificate in the app, or ask the authority.',
    ],
  ),
  RECIPIENT_REVOKED: entry(
    false,
    ['加密证书已吊销', '发证机构已吊销此加密证书。', '请更换证书后再加密。'],
    [
      'The encryption certificate is revoked',
      'Its authority has revoked it.',
      'Get a new certificate, then encrypt again.',
    ],
  ),
  RECIPIENT_UNTRUSTED: entry(
    false,
    ['加密证书不受信任', '证书不是由受信任的机构签发。', '请使用交易系统认可的证书，或联系管理员。'],
    [
      'The encryption certificate is not trusted',
      'It was not issued by an authority that is trusted here.',
      'Use a certificate that the trading system accepts, or ask the administrator.',
    ],
  ),
  RECIPIENT_UNREADABLE: entry(
    false,
    [
      '加密证书无法识别',
      '手机或网站给出的不是国密（SM2）证书，或内容已损坏。',
      '请更新证书 App；若是网站的证书，请联系网站。',
    ],
    [
      'The encryption certificate cannot be read',
      'What the phone or the site gave is no SM2 certificate, or it is damaged.',
      'Update the certificate app; if it is the site’s certificate, ask the site.',
    ],
  ),
  BID_NOT_ENCRYPTED: entry(
    false,
    [
      '不是加密的投标文件',
      '文件内容不是 CA互认桥 的加密格式，改扩展名没有用。',
      '请选择加密后生成的文件（.cabid）。',
    ],
    [
      'Not an encrypted bid',
      'The file’s content is not the encrypted format, whatever its name says.',
      'Choose the file that encrypting made (.cabid).',
    ],
  ),
  BID_VERSION_UNKNOWN: entry(
    false,
    ['加密文件的版本过新', '文件由更新的加密客户端生成，这里的版本打不开。', '请更新加密客户端后再试。'],
    [
      'The encrypted file is of a newer version',
      'A newer encryption client made it; the one here cannot open it.',
      'Update the encryption client and try again.',
    ],
  ),
  BID_HEADER_DAMAGED: entry(
    false,
    [
      '加密文件头已损坏',
      '文件开头的内容与加密时不同，可能在传输或存储中损坏。',
      '请用原始的加密文件重试；开标前请重新加密并上传。',
    ],
    [
      'The encrypted file’s header is damaged',
      'Its beginning differs from what was encrypted; it may have been damaged on its way or on the disk.',
      'Try the original encrypted file; before the opening, encrypt and upload again.',
    ],
  ),
  BID_LENGTH_WRONG: entry(
    false,
    ['加密文件长度不对', '文件不完整或多出了内容，可能没有传完。', '请重新下载或复制完整的加密文件。'],
    [
      'The encrypted file has the wrong length',
      'It is cut short or something was appended; the transfer may not have finished.',
      'Download or copy the whole encrypted file again.',
    ],
  ),
  BID_DAMAGED: entry(
    false,
    [
      '加密文件内容已损坏',
      '文件中有内容与加密时不同，为安全起见没有输出任何明文。',
      '请用原始的加密文件重试；开标前请重新加密并上传。',
    ],
    [
      'The encrypted file is damaged',
      'Part of it differs from what was encrypted; no plaintext was released.',
      'Try the original encrypted file; before the opening, encrypt and upload again.',
    ],
  ),
  BID_KEY_WRONG: entry(
    false,
    [
      '密钥与文件不符',
      '手机解开的密钥打不开此文件，文件头可能来自另一个文件。',
      '请确认选择的是本项目的加密文件。',
    ],
    [
      'The key does not fit the file',
      'What the phone opened is not this file’s key; its header may be another file’s.',
      'Make sure that this is the encrypted file of this project.',
    ],
  ),
  BID_KEY_NOT_OPENED: entry(
    true,
    ['手机未能解开密钥', '手机上的证书没有解开此文件的密钥。', '请更新证书 App 后重试，或联系证书平台热线。'],
    [
      'The phone could not open the key',
      'The certificate on the phone did not open this file’s key.',
      'Update the certificate app and try again, or call the platform’s hotline.',
    ],
  ),
  BID_NOT_FOR_PHONE: entry(
    false,
    ['这部手机打不开此文件', '文件是用另一张证书加密的。', '请用加密时所用的手机和证书扫码。'],
    [
      'This phone cannot open the file',
      'It was encrypted to another certificate.',
      'Scan with the phone and the certificate that it was encrypted with.',
    ],
  ),
  BID_CERTIFICATE_REPLACED: entry(
    false,
    [
      '加密后证书已换发',
      '手机上的证书在加密之后换发过，新密钥打不开此文件。',
      '开标前请用现在的证书重新加密并上传；已开标请联系发证机构恢复旧密钥。',
    ],
    [
      'The certificate was replaced since',
      'The phone’s certificate was reissued after encrypting; its new key cannot open this file.',
      'Before the opening, encrypt and upload again; after it, ask the authority to recover the old key.',
    ],
  ),
} as const satisfies Readonly<Record<string, CatalogueEntry>>;
