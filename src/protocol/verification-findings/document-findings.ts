import { words, type GroupFindings } from './finding-text.ts';

export const documentFindings: GroupFindings<'document'> = {
  nothingSigned: words(
    ['没有签名', '文件中没有任何电子签名或电子签章。'],
    ['Nothing is signed', 'The file holds no electronic signature or seal.'],
  ),
  unknownFileKind: words(
    ['无法识别的文件', '文件既不是 PDF、OFD，也不是国密签名消息。'],
    ['Unknown kind of file', 'The file is neither a PDF, nor an OFD, nor a GM signed message.'],
  ),
  fileDamaged: words(
    ['文件已损坏', '文件的结构不完整或有错，无法判断其中的签名。请向提供方重新索取文件。'],
    [
      'File is damaged',
      'The file is cut off or broken, so its signatures cannot be judged. Ask for the file again.',
    ],
  ),
  fileEncrypted: words(
    ['文件已加密', '文件设有密码，无法读取其中的签名。请用未加密的文件检验。'],
    [
      'File is encrypted',
      'The file has a password, so its signatures cannot be read. Check an unencrypted copy.',
    ],
  ),
  fileTooLarge: words(
    ['文件过大', '文件或其内部的某一部分超过可检验的大小。'],
    ['File is too large', 'The file, or a part of it, is larger than can be checked.'],
  ),
  fileUnsupported: words(
    ['暂不支持的文件结构', '文件使用了本程序不读取的结构，无法判断其中的签名。'],
    ['Unsupported structure', 'The file uses a structure that this program does not read.'],
  ),
  packageAmbiguous: words(
    ['文件内部有重复内容', '文件包中有同名或相互重叠的内容，不同阅读器会看到不同的文件，不可信。'],
    [
      'Parts of the file contradict each other',
      'The package holds parts of one name, or parts that overlap: different readers show different documents. Do not trust it.',
    ],
  ),
  packageUnsafePath: words(
    ['文件内部路径越界', '文件包中有指向包外的路径，正常文件不会这样，不可信。'],
    [
      'A path leads out of the file',
      'The package names a path outside itself, as no proper file does. Do not trust it.',
    ],
  ),
  packageForbiddenXml: words(
    ['文件含有不允许的 XML', '文件使用了 OFD 标准之外的 XML 声明或编码，不予读取。'],
    [
      'XML that is not allowed',
      'The file uses XML declarations or encodings that OFD does not have; it is not read.',
    ],
  ),
};
