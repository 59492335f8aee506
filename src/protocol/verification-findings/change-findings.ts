import { words, type GroupFindings } from './finding-text.ts';

export const changeFindings: GroupFindings<'change'> = {
  changedAfterBySeal: words(
    ['之后加盖了其他印章', '此签名之后只增加了其他签名或印章，不影响此签名。'],
    [
      'Further seals were added',
      'After this signature only further signatures or seals were added; it still holds.',
    ],
  ),
  changedAfterByValidationData: words(
    ['之后加入了验证资料', '此签名之后只加入了证书、吊销列表等验证资料，不影响此签名。'],
    [
      'Validation data were added',
      'After this signature only certificates and revocation lists were added; it still holds.',
    ],
  ),
  changedAfterInMetadata: words(
    ['之后改动了文件属性', '此签名之后改动了标题、作者等文件属性，页面内容没有变化。'],
    [
      'Properties were changed',
      'After this signature the title, author or the like was changed; no page shows it.',
    ],
  ),
  changedAfterInForm: words(
    ['之后填写了表单', '此签名之后有人填写或修改了表单内容，请核对。'],
    ['A form was filled in afterwards', 'After this signature someone filled in a form. Check what it says.'],
  ),
  changedAfterByAnnotation: words(
    ['之后增加了批注', '此签名之后有人增加或修改了批注，请核对。'],
    [
      'Annotations were added afterwards',
      'After this signature someone added or altered annotations. Check them.',
    ],
  ),
  changedAfterOnPage: words(
    ['之后页面被改动', '此签名之后页面内容被改动，现在看到的不是签名时的内容。'],
    [
      'Pages were altered afterwards',
      'After this signature pages were altered: what is shown is not what was signed.',
    ],
  ),
  changedAfterOtherwise: words(
    ['之后文件被改动', '此签名之后文件有其他改动，现在的内容可能不是签名时的内容。'],
    [
      'File was altered afterwards',
      'After this signature the file was altered in other ways; it may not show what was signed.',
    ],
  ),
  changedAfterToSignature: words(
    ['之后签名被改动或删除', '此签名之后有人改动或删除了文件中的签名或印章。'],
    [
      'A signature was altered afterwards',
      'After this signature someone altered or removed a signature or seal of the file.',
    ],
  ),
  changedAfterUnknown: words(
    ['无法判断之后的改动', '此签名之后文件有增加，但无法读出增加了什么。'],
    [
      'Later changes cannot be told',
      'After this signature something was added to the file that cannot be made out.',
    ],
  ),
};
