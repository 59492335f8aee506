import type { MirrorText } from './mirror-text.ts';

export const zhCnMirror: MirrorText = {
  scenes: {
    login: {
      name: '登录',
      action: '网页请您用手机上的数字证书登录',
      next: ['在 App 里核对网站和操作，再输入证书口令。', '确认后由网页自己登录；没有反应时请刷新网页。'],
    },
    messageSignature: {
      name: '数据签名',
      action: '网页请您签署它提交的数据',
      next: ['在 App 里核对要签署的内容，再输入证书口令。', '签名由网页接收，请回到网页继续。'],
    },
    signature: {
      name: '签章',
      action: '网页请您在文件上加盖电子印章',
      next: [
        '在 App 里确认身份，再回网页选择印章和位置。',
        '盖章时在手机上输入证书口令，完成前不要关闭网页。',
      ],
    },
    revokeSignature: {
      name: '撤章',
      action: '网页请您撤销文件上的电子印章',
      next: ['在 App 里核对要撤的是哪一枚章，再输入证书口令。', '回到网页，确认章已撤销。'],
    },
    encrypt: {
      name: '加密',
      action: '网页请您用加密证书加密投标文件',
      next: [
        '在 App 里确认后，网页得到您的加密证书。',
        '文件在这台电脑上加密，完成前不要关闭网页和加密客户端。',
      ],
    },
    decrypt: {
      name: '解密',
      action: '网页请您授权解密投标文件',
      next: ['在 App 里核对项目，再输入证书口令。', '文件在这台电脑上解密，请等网页提示完成。'],
    },
    unknown: {
      name: '扫码',
      action: '网页请您用证书 App 扫码，但没有写明用途',
      next: ['先在网页上弄清要做什么，不清楚就不要扫。', '在 App 里核对网站和操作，再输入证书口令。'],
    },
  },
  nextHeading: '扫码之后',
  page: '网页',
  frame: '网页里的框架',
  app: '适用的 App',
  appUnsaid: '网页没有写明；本网站支持的证书 App 都可以',
  issuer: '证书平台',
  anyApp: '您的证书 App',
  appOf: (platform) => `“${platform}”App`,
  scan: (app) => ({ title: '请用手机扫码', next: `打开${app}，扫描下面的二维码。结果由网页接收。` }),
  expired: { title: '二维码已失效', next: '请在网页上点刷新，新的二维码会出现在这里。' },
  gone: { title: '网页上的提示已经消失', next: '网页已经继续或关闭，此窗口会自动关闭。' },
  unreadable: {
    foreign: {
      title: '二维码只能在网页上看',
      next: '这个二维码是别的网站的图片，浏览器不让扩展读取。请到网页上扫码。',
    },
    notDrawn: { title: '网页还没有画出二维码', next: '请稍候；一直没有时请到网页上看一看。' },
    notDecoded: {
      title: '没有读出二维码',
      next: '网页上的图片太小或不清楚，请到网页上扫码，或在网页上点刷新。',
    },
  },
  foreign: {
    name: '未确认的二维码',
    action: '网页上有一个二维码',
    state: {
      title: '这个二维码可能不是证书扫码',
      next: '它的地址既不属于证书平台，也不属于本网站。',
    },
    leadsTo: '二维码指向',
    noHost: '地址无法辨认',
    advice: '可能是广告、付款码或冒充的登录码。请勿用证书 App 扫描；有疑问请打平台的服务热线。',
    show: '仍要显示',
    hide: '收起二维码',
    shownAnyway: '按您的要求显示。它不是证书扫码，请勿在扫描后输入证书口令。',
    qrName: '未经确认的二维码',
  },
  trust: {
    platform: (host) => `已核对：二维码的地址属于证书平台（${host}）`,
    site: (host) => `已核对：二维码的地址属于本网站（${host}）`,
    noHost: '二维码里没有网址，无法核对它指向哪里。请确认网页地址正确再扫。',
  },
  qrName: (scene, app) => `${scene}二维码，请用${app}扫描`,
  toPage: '到网页',
  quote: '网页的原文',
  handsOff: '此窗口不替您在网页上点击、填写或提交任何内容，关掉它也不影响网页。',
  kinds: {
    keyWanted: {
      name: '插入证书',
      state: { title: '网页要您插入证书介质', next: '插好后回到网页，按网页的提示继续。' },
      steps: [
        '插入证书介质（USB Key），等电脑认出它。',
        '插了仍提示插入，多半是网页没有连上证书驱动，见下面三种原因。',
        '证书在手机上？请回网页改用“全国共享互认CA入口”扫码。',
      ],
    },
    driverMissing: {
      name: '检测驱动',
      state: { title: '网页没有找到证书驱动或客户端', next: '装了也可能找不到：请对照下面三种原因。' },
      steps: [
        '先看浏览器有没有拦住，再看程序有没有运行，最后才重装。',
        '处理后回到网页刷新，再重新操作。',
        '证书在手机上？登录不需要驱动，请回网页改用“全国共享互认CA入口”扫码。',
      ],
    },
    browserUnsupported: {
      name: '浏览器提示',
      state: { title: '网页说要用 IE 浏览器', next: 'CA互认桥 和手机证书都不需要 IE，不必换浏览器。' },
      steps: [
        '请回网页找“全国共享互认CA入口”，用手机 App 扫码。',
        '这类提示来自旧控件。不要从网页弹出的链接里下载浏览器或控件。',
        '只有旧控件能用时，请联系网站客服。',
      ],
    },
  },
  causes: {
    heading: '三种可能的原因',
    notInstalled: {
      title: '没有安装',
      next: '在“数字证书办理”里找到您的证书平台，下载驱动或客户端，装好后刷新网页。',
    },
    notRunning: { title: '没有运行', next: '从开始菜单启动它，看任务栏右下角有没有图标；不行就重启电脑。' },
    blocked: {
      title: '被浏览器拦住',
      next: '新版浏览器会拦住网页访问本机程序。浏览器询问时请选“允许”；没有询问，可在设置里为本站打开“本地服务桥接”。',
    },
    client: { signature: '这一步需要：签章客户端', encryption: '这一步需要：加密客户端' },
    driverOf: (platform) => `这一步需要：${platform}的驱动`,
  },
  toDirectory: '数字证书办理',
  toOptions: '打开设置',
  behaviour: {
    heading: '以后在这个网站发现扫码提示时',
    choices: { open: '自动打开此窗口', badge: '只在图标上提示', off: '本站不检测' },
    done: {
      open: '记住了：以后自动打开此窗口。可在设置里更改。',
      badge: '记住了：以后只在工具栏图标上提示。可在设置里更改。',
      off: '记住了：以后不在本站检测。可在设置里更改。',
    },
  },
  readiness: {
    heading: '扫码前检查',
    headingOfWords: '本机检查',
    intro: '网页看不到下面这些，由 CA互认桥 在本机检查。',
    certificates: '以前扫码时见过的证书',
    none: '还没有通过 CA互认桥 扫过码，无法预先判断证书。请在 App 里看一下有效期。',
    unknown: '暂时查不到以前见过的证书。',
    purposes: { signing: '签名证书', encryption: '加密证书' },
    about: (platform, purpose) => `${platform}，${purpose}`,
    seenAt: (time) => `上次见到：${time}`,
    expired: '证书已过期',
    notYetValid: '证书还没有生效',
    endsBeforeOpening: '证书在开标前到期',
    endsSoon: '证书即将到期',
    validAtOpening: '开标时证书有效',
    valid: '证书在有效期内',
    renew: '请先在 App 里续期或更新，再继续。续期后要用新证书重新加密。',
    decryptWith: '解密要用加密时的那张证书。',
  },
  popup: {
    heading: (count) => (count === 1 ? '网页上有一个证书提示' : `网页上有 ${count} 个证书提示`),
    open: '打开扫码窗口',
    help: '看怎么办',
    of: (button, scene, site) => `${button}：${scene}，${site}`,
    stateOf: {
      shown: '等待处理',
      expired: '二维码已失效，请在网页上刷新',
      foreign: '二维码指向别的网站，请当心',
    },
    localService: '本地服务桥接正在使用',
    localServiceNext: (addresses) => `此网站正通过 CA互认桥 访问本机的 ${addresses}`,
  },
};
