import { words, type GroupFindings } from './finding-text.ts';

export const contentFindings: GroupFindings<'content'> = {
  signatureMalformed: words(
    ['签名数据有错', '签名本身的结构不符合标准，签名无效。'],
    ['Signature is malformed', 'The signature is not built as its standard asks; it does not hold.'],
  ),
  signatureInvalid: words(
    ['签名值不正确', '签名不是由所附证书的私钥对此内容作出的：签名被伪造，或内容被改动。'],
    [
      'Signature is wrong',
      'The signature was not made over this content with the key of its certificate: it is forged, or something was altered.',
    ],
  ),
  digestMismatch: words(
    ['内容被改动', '签名之后内容有改动，与签名时不一致。'],
    ['Content was altered', 'The content is not what was signed: it was altered afterwards.'],
  ),
  contentMissing: words(
    ['缺少原文', '签名与原文是分开的，需要同时提供原文文件才能检验。'],
    ['Content is missing', 'The signature is detached; give the file that it is over, too.'],
  ),
  contentMismatch: words(
    ['原文不一致', '签名内附的原文与所提供的文件不是同一内容。'],
    ['Another content', 'The content inside the message is not the file that was given.'],
  ),
  contentAmbiguous: words(
    ['签名对象可被混淆', '所签内容可被冒充为另一份签名的属性，不予接受。'],
    [
      'Ambiguous content',
      'What is signed could pass for the attributes of another signature; it is not accepted.',
    ],
  ),
  signerMissing: words(
    ['没有签名人', '签名消息中没有任何人的签名。'],
    ['Nobody signed', 'The message has the form of a signed one, but no signature.'],
  ),
  algorithmUnsupported: words(
    ['非国密算法', '签名使用的不是 SM2/SM3 算法，本程序无法判断其真伪，请用相应的软件检验。'],
    [
      'Another algorithm',
      'The signature does not use SM2 and SM3, so this program cannot judge it. Use software made for it.',
    ],
  ),
  signatureFormatUnsupported: words(
    ['不支持的签名格式', '签名采用了本程序不读取的格式，无法判断其真伪。'],
    [
      'Unsupported kind of signature',
      'The signature has a form that this program does not read; it cannot be judged.',
    ],
  ),
  byteRangeInvalid: words(
    ['签名范围有错', '签名声明的保护范围写法不正确，无法对应到文件内容。'],
    ['Signed range is wrong', 'The range that the signature claims to protect is not a proper one.'],
  ),
  byteRangeNotFromStart: words(
    ['签名未覆盖文件开头', '签名的保护范围不是从文件开头开始，未保护的部分可被改动。'],
    [
      'Beginning is not signed',
      'The signed range does not begin where the file begins: what is before it may be altered.',
    ],
  ),
  byteRangeGap: words(
    ['签名范围有缺口', '保护范围中的空缺不正好是签名数据本身，空缺处可藏入其他内容。'],
    [
      'Gap in the signed range',
      'The range leaves out more, or other bytes, than the signature itself: something else may hide there.',
    ],
  ),
  byteRangeOutsideFile: words(
    ['签名范围超出文件', '签名声明的范围比文件还长：文件被截断，或范围被改动。'],
    [
      'Signed range beyond the file',
      'The signed range ends after the file does: the file was cut, or the range altered.',
    ],
  ),
  byteRangeNotWholeRevision: words(
    ['签名未覆盖完整版本', '签名只保护了某一版本的一部分，其余部分可被改动。'],
    ['Only part is signed', 'The signature protects part of a revision alone; the rest may be altered.'],
  ),
  signatureFieldAmbiguous: words(
    ['签名域有歧义', '文件对同一签名有不止一种说法，不同阅读器会看到不同的签名，不可信。'],
    [
      'Ambiguous signature field',
      'The file describes one signature in several ways, so that readers see different ones. Do not trust it.',
    ],
  ),
  partMissing: words(
    ['缺少受保护的内容', '签名所保护的部分内容已不在文件中。'],
    ['A protected part is gone', 'Something that the signature protects is not in the file any more.'],
  ),
  partNotCovered: words(
    ['有内容不受签名保护', '文件中有签名没有保护的内容：可能是签名后加入的，也可被任意改动。'],
    [
      'A part is not protected',
      'The file holds something that the signature does not protect: it may have been added afterwards, and anyone may alter it.',
    ],
  ),
  referenceInvalid: words(
    ['保护清单有错', '签名的保护清单写法不正确，或没有列出任何内容。'],
    ['List of protected parts is wrong', 'The signature lists its protected parts wrongly, or lists none.'],
  ),
  signedTimeIsSignersWord: words(
    ['签名时间由签名人自述', '签名时间取自签名人的电脑或手机，没有权威时间戳证明。'],
    [
      'Time is the signer’s word',
      'The time of signing is what the signer says; no time-stamping authority vouches for it.',
    ],
  ),
  signedTimeMissing: words(
    ['没有签名时间', '签名没有写明时间，证书按现在的时间判断。'],
    ['No time of signing', 'The signature states no time; its certificate is judged as of now.'],
  ),
  signedTimeInFuture: words(
    ['签名时间在将来', '签名声明的时间晚于现在，时间有误或被改动。请先核对本机时间。'],
    [
      'Signed in the future',
      'The stated time of signing has not come yet: it is wrong. Check this computer’s clock first.',
    ],
  ),
  timeStampNotChecked: words(
    ['时间戳未检验', '签名附有时间戳，本程序没有检验它。'],
    ['Time stamp not checked', 'The signature carries a time stamp, which this program does not check.'],
  ),
};
