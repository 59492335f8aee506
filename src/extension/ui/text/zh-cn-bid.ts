import type { BidText } from './bid-text.ts';
import { zhCnOpening } from './zh-cn-opening.ts';

const counted = (count: number): string => (count === 1 ? '' : `（${count} 个）`);

export const zhCnBid: BidText = {
  ...zhCnOpening,
  signer: '手机证书',
  moment: (time, zone) => `${time}（${zone}）`,
  validity: (from, to) => `${from} 至 ${to}`,
  openingTime: {
    label: '开标时间',
    remaining: (amount) => `距开标还有 ${amount}`,
    units: {
      days: (count) => `${count} 天`,
      hours: (count) => `${count} 小时`,
      minutes: (count) => `${count} 分钟`,
    },
    soon: '距开标不到 1 分钟',
    reached: '已到开标时间',
  },
  scanned: {
    title: '已扫码，请在手机上核对数字并确认',
    next: '手机上的网址、操作和数字都与这里一致时，再在手机上确认。',
  },
  delivering: { title: '正在把结果交给网页', next: '马上就好，请不要关闭此窗口和网页。' },
  documents: {
    toEncrypt: (count) => `待加密的文件${counted(count)}`,
    notEncrypted: (count) => `未加密的文件${counted(count)}`,
    encrypted: (count) => `加密文件${counted(count)}`,
  },
  encryption: {
    awaitingScan: (platform) => ({
      title: '请用手机扫码',
      next: `打开“${platform}”App 扫码，把您的加密证书交给这台电脑。`,
    }),
    states: {
      requested: { title: '正在读取文件', next: '加密客户端正在本机读取文件并计算校验值，请稍候。' },
      judging: { title: '正在核验加密证书', next: '正在检查证书是否有效、能否用于加密，请稍候。' },
      choosing: { title: '请核对加密证书', next: '文件将用这张证书加密。核对无误后，点“用此证书加密”。' },
      confirmed: { title: '正在加密', next: '文件在本机加密，写完后再读回检查。请不要关闭此窗口和网页。' },
      saving: { title: '已加密，请保存文件', next: '请保存下列加密后的文件，保存前不要关闭此窗口。' },
      succeeded: {
        title: '加密完成',
        next: '加密后的文件已读回检查，完整无误。请保存回执，再回到网页继续。',
      },
    },
    choosingAnyway: (end, opening) => ({
      title: '证书在开标前到期，届时可能无法解密',
      next: `证书 ${end}到期，开标时间是 ${opening}。建议取消，续期后再用新证书加密。`,
    }),
    steps: {
      chosen: '已确认加密证书',
      encrypted: '加密并读回检查',
      delivered: '把文件交回网页',
      saved: '保存文件',
    },
  },
  progress: {
    encrypting: (percent) => `已完成 ${percent}（含读回检查）`,
    opening: (percent) => `已完成 ${percent}`,
  },
  recipient: {
    heading: '您的加密证书',
    holder: '持有人',
    organization: '单位',
    creditCode: '统一社会信用代码',
    serialNumber: '证书序列号',
    validity: '有效期',
    fingerprint: '证书 SM3 指纹',
    further: '还可由下列单位解密',
    noFurther: '除这张证书的持有人外，其他任何人都不能解密。',
    consequence:
      '开标时要用这张证书所在的手机解密。开标前请勿换发、注销证书或卸载证书 App，否则文件将无法解密。',
    endsBefore: '在开标前到期',
    confirm: '用此证书加密',
    confirmAnyway: '仍用此证书加密',
  },
  saving: {
    heading: (count) => `要保存的文件${counted(count)}`,
    save: '保存',
    saveAgain: '再次保存',
    given: '已交给浏览器下载',
    all: '全部保存',
    done: '已全部保存',
    where: '文件保存到浏览器的下载文件夹；若浏览器询问位置，请选好。',
    plaintext: '解密后的文件没有加密，请存放在安全的地方。',
    unsaved: (count) =>
      `还有 ${count} 个文件没有保存。取消，或点“已全部保存”并关闭此窗口后，就只能重新来过。`,
    again: '没有存好的，关闭此窗口前还可以再次保存。',
    fetching: '正在取文件…',
  },
  receipt: {
    heading: (count) => `加密回执${counted(count)}`,
    advice: '回执记录了文件的校验值和加密证书，开标时有疑问可凭它核对。',
    id: '回执编号',
    site: '网站',
    encryptedAt: '加密时间',
    format: '加密格式',
    formats: { bid: 'CA互认桥 加密投标文件，第 1 版', enveloped: '数字信封（GM/T 0010）' },
    plain: '原文件',
    plainDigest: '原文件 SM3',
    cipher: '加密文件',
    cipherDigest: '加密文件 SM3',
    own: '加密证书',
    further: '其他可解密单位的证书',
    copy: '复制回执',
    copied: '已复制回执',
    save: '保存回执',
    fileName: (name) => `加密回执-${name}.txt`,
    fileNameOfMany: (count) => `加密回执-共${count}个文件.txt`,
    line: (name, value) => `${name}：${value}`,
  },
  openWindow: {
    toChoose: '请点“打开扫码窗口”，在窗口中核对证书后开始加密。',
    toSave: '请点“打开扫码窗口”，在窗口中保存文件。',
  },
};
