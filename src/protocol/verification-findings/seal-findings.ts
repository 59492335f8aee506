import { words, type GroupFindings } from './finding-text.ts';

export const sealFindings: GroupFindings<'seal'> = {
  sealMalformed: words(
    ['印章数据有错', '电子印章的结构不符合标准。'],
    ['Seal is malformed', 'The electronic seal is not built as its standard asks.'],
  ),
  sealNotYetValid: words(
    ['盖章时印章尚未生效', '盖章时间早于印章的生效时间。'],
    ['Seal was not yet valid', 'The time of sealing is before the seal became valid.'],
  ),
  sealExpired: words(
    ['盖章时印章已过期', '盖章时间晚于印章的有效期。'],
    ['Seal had expired', 'The seal had expired before it was used.'],
  ),
  sealExpiredNow: words(
    ['印章现已过期', '印章在盖章时有效，现在已过期。'],
    ['Seal has expired since', 'The seal was valid at the stated time of sealing and has expired since.'],
  ),
  sealForAnotherCertificate: words(
    ['印章与证书不符', '印章没有授权给签名所用的证书：印章可能被盗用。'],
    [
      'Seal is not for this certificate',
      'The seal does not allow the certificate that signed: someone else’s seal may have been used.',
    ],
  ),
  sealMakerSignatureInvalid: words(
    ['印章被改动或伪造', '印章上制章机构的签名不正确。'],
    ['Seal is forged or altered', 'The signature of the seal’s maker does not hold.'],
  ),
  sealMakerUntrusted: words(
    ['制章机构不受信任', '印章不是由受信任的制章机构制作的。'],
    ['Seal’s maker is not trusted', 'None of the trusted authorities vouches for whoever made the seal.'],
  ),
  sealMakerUnknown: words(
    ['制章机构无法确认', '没有可用的信任根，无法确认印章由谁制作。'],
    [
      'Seal’s maker cannot be confirmed',
      'No trusted root certificate was given, so who made the seal cannot be confirmed.',
    ],
  ),
  sealMakerWrongKeyUsage: words(
    ['制章证书用途不符', '制章机构使用的证书不是签名证书。'],
    [
      'Maker’s certificate is not for signing',
      'The seal’s maker used a certificate that is not for signing.',
    ],
  ),
  sealMakerRevoked: words(
    ['制章证书已被吊销', '制章机构的证书已被宣布作废，印章不可信。'],
    [
      'Maker’s certificate is revoked',
      'The certificate of the seal’s maker was declared void; do not rely on the seal.',
    ],
  ),
};
