import { words, type GroupFindings } from './finding-text.ts';

export const certificateFindings: GroupFindings<'certificate'> = {
  certificateMissing: words(
    ['缺少签名人证书', '签名没有附带签名人的证书，无法判断是谁签的。'],
    [
      'Signer’s certificate is missing',
      'The signature comes without its signer’s certificate: who signed cannot be told.',
    ],
  ),
  certificateMalformed: words(
    ['证书有错', '签名人的证书不是一张合格的国密证书。'],
    ['Certificate is malformed', 'The signer’s certificate is no proper SM2 certificate.'],
  ),
  certificateNotYetValid: words(
    ['签名时证书尚未生效', '签名时间早于证书的生效时间。'],
    ['Certificate was not yet valid', 'The time of signing is before the certificate became valid.'],
  ),
  certificateExpiredAtSigning: words(
    ['签名时证书已过期', '签名时间晚于证书的有效期，签名无效。'],
    ['Certificate had expired', 'The certificate had expired before the signature was made.'],
  ),
  certificateExpiredNow: words(
    ['证书现已过期', '证书在签名时有效，现在已过期。签名时间没有权威证明时请留意。'],
    [
      'Certificate has expired since',
      'The certificate was valid at the stated time of signing and has expired since. Take note where nobody vouches for that time.',
    ],
  ),
  certificateExpiredTimeUnknown: words(
    ['证书已过期且没有签名时间', '证书现已过期，而签名没有写明时间，无法判断签名时证书是否有效。'],
    [
      'Certificate has expired, time of signing unknown',
      'The certificate has expired and the signature states no time: whether it was valid when it signed cannot be told.',
    ],
  ),
  certificateSubstituted: words(
    ['证书被替换', '签名指明了另一张证书，所附证书不是签名时的那一张。'],
    ['Certificate was exchanged', 'The signature names another certificate than the one that comes with it.'],
  ),
  wrongKeyUsage: words(
    ['证书用途不符', '此证书不是签名证书（例如是加密证书），不能用于签名。'],
    [
      'Certificate is not for signing',
      'This certificate is for another purpose, such as encryption, and must not be used to sign.',
    ],
  ),
  chainUntrusted: words(
    ['证书不受信任', '签名人的证书不是由受信任的 CA 机构签发的，不能证明是其本人或本单位。'],
    [
      'Certificate is not trusted',
      'None of the trusted authorities issued the signer’s certificate: it proves nobody’s identity.',
    ],
  ),
  noTrustAnchors: words(
    ['没有可用的信任根', '没有提供受信任的 CA 根证书，签名人的身份无法确认。'],
    [
      'No trusted authorities',
      'No trusted root certificate was given, so the signer’s identity cannot be confirmed.',
    ],
  ),
  revoked: words(
    ['证书已被吊销', 'CA 机构已宣布此证书作废，签名不可信。'],
    ['Certificate is revoked', 'The authority declared this certificate void; do not rely on the signature.'],
  ),
  revokedSinceSigning: words(
    [
      '证书在签名之后停用',
      '证书在签名时间之后因更换、停业等原因被吊销，并非密钥泄露。签名时间没有权威证明时请留意。',
    ],
    [
      'Certificate was retired since',
      'After the stated time of signing the certificate was revoked because it was replaced or given up, not because its key leaked. Take note where nobody vouches for that time.',
    ],
  ),
  revocationUnknown: words(
    ['吊销情况未知', '没有可用的吊销列表，不知道证书是否已被吊销。'],
    [
      'Revocation unknown',
      'There is no revocation list at hand: whether the certificate was revoked is not known.',
    ],
  ),
  revocationStale: words(
    ['吊销列表已过时', '吊销列表已超过更新时间，之后的吊销不会反映出来。'],
    [
      'Revocation list is out of date',
      'The revocation list is past its next update; later revocations are not in it.',
    ],
  ),
};
