import type { DriverText } from './driver-text.ts';

export const zhCnDriver: DriverText = {
  local: {
    actions: {
      login: '用这台电脑上的数字证书登录此网站',
      messageSignature: '用这台电脑上的数字证书签署网站提交的数据',
      signature: '用这台电脑上的数字证书在文件上盖章',
      revokeSignature: '用这台电脑上的数字证书撤章',
    },
    signer: '所用证书',
    steps: { scanned: '已选择证书', confirmed: '口令已通过' },
    states: {
      preparing: { title: '正在连接证书驱动', next: '请确认证书介质已插好，请稍候。' },
      listing: { title: '正在读取证书', next: '正在向证书驱动询问有哪些证书，请稍候。' },
      choosing: { title: '请选择证书', next: '选择后，证书驱动会用它自己的窗口要口令。' },
      pin: { title: '请在证书驱动的窗口里输入口令', next: '口令只交给证书驱动，CA互认桥 和网站都看不到。' },
      working: { title: '正在使用证书', next: '证书驱动正在处理，请不要拔出证书介质。' },
      confirmed: { title: '口令已通过', next: '正在取得并核验结果，请不要关闭此窗口。' },
      expired: { title: '等待超时', next: '请点“重新开始”，或取消后重试。' },
    },
    again: '重新开始',
    keys: '可用的证书',
    noEncryption: '没有加密证书，不能用于加密和解密',
    pinWindow: {
      title: '请看证书驱动自己的窗口',
      next: '它可能被其他窗口挡住，正在任务栏里闪烁。不想继续可以点“取消”。',
    },
  },
  site: {
    runsItself: '此网站自己运行扫码流程：没有核对数字，请以手机上显示的网站和操作为准。',
    states: {
      scanned: {
        title: '已扫码，请在手机上核对并输入口令',
        next: '手机上的网站和操作都正确时，再输入口令确认。',
      },
      signing: { title: '请在手机上核对并输入口令', next: '手机上的网站和文件都正确时，再输入口令签署。' },
    },
    trust: {
      platform: '已核对：二维码的地址属于证书平台',
      site: '已核对：二维码的地址属于本网站',
      noHost: '二维码里没有网址，无法核对它指向哪里',
      foreign: '二维码的地址既不属于证书平台，也不属于本网站，请勿扫描',
    },
  },
};
