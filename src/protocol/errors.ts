import type { ErrorCode } from './error-codes.ts';

export type Locale = 'zh-CN' | 'en';

export interface ErrorText {
  /** A few words: what happened. */
  readonly title: string;
  /** One sentence: why. */
  readonly cause: string;
  /** One sentence: the next step of whoever can act. */
  readonly remedy: string;
}

export interface CatalogueEntry {
  /** Whether asking again, with nothing else changed, can help. */
  readonly retry: boolean;
  readonly text: Readonly<Record<Locale, ErrorText>>;
}

/** What every error means, in both languages. */
export const errorCatalogue: Readonly<Record<ErrorCode, CatalogueEntry>> = {
  USER_CANCELLED: {
    retry: true,
    text: {
      'zh-CN': {
        title: '已取消',
        cause: '您关闭了扫码窗口或点了“取消”。',
        remedy: '需要时请在网页上重新操作。',
      },
      en: {
        title: 'Cancelled',
        cause: 'You closed the scan window or pressed Cancel.',
        remedy: 'Start again on the page when you are ready.',
      },
    },
  },
  USER_REFUSED: {
    retry: true,
    text: {
      'zh-CN': {
        title: '已在手机上拒绝',
        cause: '手机 App 上点了“拒绝”。',
        remedy: '如果是误点，请在网页上重新操作并在手机上确认。',
      },
      en: {
        title: 'Refused on the phone',
        cause: 'Refuse was pressed in the phone app.',
        remedy: 'If that was a slip, start again on the page and confirm on the phone.',
      },
    },
  },
  QR_EXPIRED: {
    retry: true,
    text: {
      'zh-CN': {
        title: '二维码已过期',
        cause: '在有效时间内没有完成扫码。',
        remedy: '请点“刷新二维码”，或在网页上重新操作。',
      },
      en: {
        title: 'The QR code has expired',
        cause: 'It was not scanned and confirmed in time.',
        remedy: 'Press “New QR code”, or start again on the page.',
      },
    },
  },
  CONFIRMATION_TIMEOUT: {
    retry: true,
    text: {
      'zh-CN': {
        title: '手机未及时确认',
        cause: '已扫码，但没有在规定时间内在手机上输入口令并确认。',
        remedy: '请在网页上重新操作，扫码后尽快在手机上确认。',
      },
      en: {
        title: 'Not confirmed in time',
        cause: 'The QR code was scanned, but PIN and confirmation did not follow in time.',
        remedy: 'Start again on the page and confirm on the phone soon after scanning.',
      },
    },
  },
  TOO_MANY_DISMISSALS: {
    retry: true,
    text: {
      'zh-CN': {
        title: '请求过于频繁',
        cause: '此网站在您多次取消后仍反复请求，已被暂时拦截。',
        remedy: '请等半分钟后再在网页上操作。',
      },
      en: {
        title: 'Too many requests',
        cause: 'The site kept asking although you dismissed its requests, so it is held back for a while.',
        remedy: 'Wait half a minute, then start again on the page.',
      },
    },
  },
  BAD_REQUEST: {
    retry: false,
    text: {
      'zh-CN': {
        title: '网站的请求有误',
        cause: '网站发来的请求缺少内容、格式不对或超出长度。',
        remedy: '请联系交易系统技术支持。',
      },
      en: {
        title: 'Malformed request',
        cause: 'The site’s request lacks something, has the wrong shape, or is too long.',
        remedy: 'Please contact the trading system’s support.',
      },
    },
  },
  REQUEST_ABORTED: {
    retry: true,
    text: {
      'zh-CN': {
        title: '网站撤回了请求',
        cause: '网页自己中止了这次操作。',
        remedy: '需要时请在网页上重新操作。',
      },
      en: {
        title: 'Withdrawn by the site',
        cause: 'The page itself ended this request.',
        remedy: 'Start again on the page when you are ready.',
      },
    },
  },
  PAGE_GONE: {
    retry: true,
    text: {
      'zh-CN': {
        title: '网页已离开',
        cause: '发出请求的网页已关闭、刷新或跳转。',
        remedy: '请回到网页重新操作。',
      },
      en: {
        title: 'The page has gone',
        cause: 'The page that asked was closed, reloaded or left.',
        remedy: 'Go back to the page and start again.',
      },
    },
  },
  ORIGIN_NOT_ALLOWED: {
    retry: false,
    text: {
      'zh-CN': {
        title: '此网站未启用',
        cause: '此网站不在 CA互认桥 的启用名单中。',
        remedy: '请点浏览器工具栏上的 CA互认桥 图标，确认网址后启用；或联系管理员。',
      },
      en: {
        title: 'Site not enabled',
        cause: 'This site is not among those on which CA Bridge runs.',
        remedy:
          'Open CA Bridge from the toolbar, check the address and enable the site, or ask your administrator.',
      },
    },
  },
  FRAME_NOT_ALLOWED: {
    retry: false,
    text: {
      'zh-CN': {
        title: '不支持嵌入的网页',
        cause: '请求来自嵌在其他网页里的框架。',
        remedy: '请直接打开交易系统的网址后再操作。',
      },
      en: {
        title: 'Embedded page refused',
        cause: 'The request came from a frame inside another page.',
        remedy: 'Open the trading system’s own address and start again.',
      },
    },
  },
  INSECURE_CONTEXT: {
    retry: false,
    text: {
      'zh-CN': {
        title: '连接不安全',
        cause: '此网页没有使用 https，不能保证对方是真正的交易系统。',
        remedy: '请使用以 https:// 开头的网址。',
      },
      en: {
        title: 'Insecure connection',
        cause: 'The page was not loaded over https, so nobody can vouch for who it is.',
        remedy: 'Use the address that begins with https://.',
      },
    },
  },
  SESSION_BUSY: {
    retry: true,
    text: {
      'zh-CN': {
        title: '已有一个操作在进行',
        cause: '此网页已有一个尚未完成的扫码请求。',
        remedy: '请先在扫码窗口中完成或取消它。',
      },
      en: {
        title: 'Another request is under way',
        cause: 'This page already has a scan request that has not ended.',
        remedy: 'Finish or cancel it in the scan window first.',
      },
    },
  },
  TOO_MANY_REQUESTS: {
    retry: true,
    text: {
      'zh-CN': {
        title: '请求太多',
        cause: '同时进行的操作已达上限。',
        remedy: '请先完成或取消其他扫码窗口，必要时刷新网页。',
      },
      en: {
        title: 'Too many requests',
        cause: 'The limit of simultaneous requests is reached.',
        remedy: 'Finish or cancel the other scan windows; reload the page if need be.',
      },
    },
  },
  API_VERSION_TOO_OLD: {
    retry: false,
    text: {
      'zh-CN': {
        title: 'CA互认桥 版本过低',
        cause: '此网站需要更新版本的 CA互认桥。',
        remedy: '请在浏览器扩展管理页更新 CA互认桥 后重试。',
      },
      en: {
        title: 'CA Bridge is too old',
        cause: 'The site needs a newer version of CA Bridge.',
        remedy: 'Update CA Bridge on the browser’s extensions page, then try again.',
      },
    },
  },
  TOKEN_MALFORMED: {
    retry: false,
    text: {
      'zh-CN': {
        title: '登录凭证格式错误',
        cause: '登录凭证缺少内容、格式不对或版本未知。',
        remedy: '请重新登录；仍不行请联系交易系统技术支持。',
      },
      en: {
        title: 'Malformed login token',
        cause: 'The login token lacks something, has the wrong shape, or an unknown version.',
        remedy: 'Log in again; if it persists, contact the trading system’s support.',
      },
    },
  },
  TOKEN_ORIGIN_MISMATCH: {
    retry: false,
    text: {
      'zh-CN': {
        title: '登录凭证属于其他网站',
        cause: '登录凭证是为另一个网址签发的。',
        remedy: '请确认网址无误后重新登录，并向交易中心报告。',
      },
      en: {
        title: 'Login token of another site',
        cause: 'The login token was made for a different origin.',
        remedy: 'Check the address, log in again, and report it to the trading centre.',
      },
    },
  },
  TOKEN_SIGNATURE_INVALID: {
    retry: false,
    text: {
      'zh-CN': {
        title: '签名验证失败',
        cause: '登录凭证的 SM2 签名与内容、证书不符。',
        remedy: '请重新登录；仍不行请联系证书 App 客服。',
      },
      en: {
        title: 'Signature does not verify',
        cause: 'The SM2 signature matches neither the request nor the certificate.',
        remedy: 'Log in again; if it persists, contact the certificate app’s hotline.',
      },
    },
  },
  CHALLENGE_UNKNOWN: {
    retry: true,
    text: {
      'zh-CN': {
        title: '登录挑战码不存在',
        cause: '本网站没有签发过此挑战码，或它属于另一个会话。',
        remedy: '请刷新登录页后重试。',
      },
      en: {
        title: 'Unknown challenge',
        cause: 'This site never issued this challenge, or issued it to another session.',
        remedy: 'Reload the login page and try again.',
      },
    },
  },
  CHALLENGE_STALE: {
    retry: true,
    text: {
      'zh-CN': {
        title: '登录挑战码已过期',
        cause: '从打开登录页到完成扫码的时间过长。',
        remedy: '请刷新登录页后重试。',
      },
      en: {
        title: 'Stale challenge',
        cause: 'Too much time passed between opening the login page and the scan.',
        remedy: 'Reload the login page and try again.',
      },
    },
  },
  CHALLENGE_REUSED: {
    retry: true,
    text: {
      'zh-CN': {
        title: '登录挑战码已使用',
        cause: '同一挑战码只能使用一次。',
        remedy: '请刷新登录页后重试。',
      },
      en: {
        title: 'Challenge used before',
        cause: 'A challenge serves once only.',
        remedy: 'Reload the login page and try again.',
      },
    },
  },
  CERTIFICATE_MALFORMED: {
    retry: false,
    text: {
      'zh-CN': {
        title: '证书格式错误',
        cause: '证书无法解析，或不是 SM2 证书。',
        remedy: '请联系证书 App 客服。',
      },
      en: {
        title: 'Malformed certificate',
        cause: 'The certificate cannot be read, or is no SM2 certificate.',
        remedy: 'Contact the certificate app’s hotline.',
      },
    },
  },
  CERTIFICATE_NOT_YET_VALID: {
    retry: false,
    text: {
      'zh-CN': {
        title: '证书尚未生效',
        cause: '证书的有效期还没有开始。',
        remedy: '请核对电脑时间，或在证书生效后再试。',
      },
      en: {
        title: 'Certificate not yet valid',
        cause: 'The certificate’s validity has not begun.',
        remedy: 'Check the clock, or try again when the certificate is valid.',
      },
    },
  },
  CERTIFICATE_EXPIRED: {
    retry: false,
    text: {
      'zh-CN': {
        title: '证书已过期',
        cause: '证书的有效期已结束。',
        remedy: '请在证书 App 中续期；注意续期后的证书不能解密用旧证书加密的文件。',
      },
      en: {
        title: 'Certificate expired',
        cause: 'The certificate’s validity has ended.',
        remedy:
          'Renew it in the certificate app. A renewed certificate cannot open files encrypted to the old one.',
      },
    },
  },
  CERTIFICATE_UNTRUSTED: {
    retry: false,
    text: {
      'zh-CN': {
        title: '证书不受信任',
        cause: '证书不是由本系统认可的机构签发。',
        remedy: '请确认所用证书 App 已在本系统启用。',
      },
      en: {
        title: 'Certificate not trusted',
        cause: 'The certificate was not issued by an authority that this system accepts.',
        remedy: 'Check that your certificate app is enabled in this system.',
      },
    },
  },
  CERTIFICATE_KEY_USAGE: {
    retry: false,
    text: {
      'zh-CN': {
        title: '证书用途不符',
        cause: '此证书不能用于签名（例如误用了加密证书）。',
        remedy: '请在证书 App 中下载签名证书后重试。',
      },
      en: {
        title: 'Wrong certificate purpose',
        cause: 'This certificate may not sign (an encryption certificate, for example).',
        remedy: 'Download the signing certificate in the app and try again.',
      },
    },
  },
  PLATFORM_NOT_CONFIGURED: {
    retry: false,
    text: {
      'zh-CN': {
        title: '证书平台尚未开通',
        cause: '本机没有配置所选证书平台的前置机地址。',
        remedy: '请选择其他证书平台，或联系管理员。',
      },
      en: {
        title: 'Platform not set up',
        cause: 'No front server is configured for the chosen certificate platform.',
        remedy: 'Choose another platform, or ask your administrator.',
      },
    },
  },
  POLICY_INVALID: {
    retry: false,
    text: {
      'zh-CN': {
        title: '管理员策略有误',
        cause: '管理员下发的 CA互认桥 策略不符合格式，已忽略。',
        remedy: '请联系管理员更正策略。',
      },
      en: {
        title: 'Invalid policy',
        cause: 'The managed policy for CA Bridge does not match its schema and was ignored.',
        remedy: 'Ask your administrator to correct it.',
      },
    },
  },
  FRONT_SERVER_UNREACHABLE: {
    retry: true,
    text: {
      'zh-CN': {
        title: '连不上证书平台',
        cause: '连接证书平台的前置机失败。',
        remedy: '请检查网络后重试；仍不行请拨打平台服务热线。',
      },
      en: {
        title: 'Certificate platform unreachable',
        cause: 'No connection to the platform’s front server.',
        remedy: 'Check the network and try again; if it persists, call the platform’s hotline.',
      },
    },
  },
  FRONT_SERVER_TIMEOUT: {
    retry: true,
    text: {
      'zh-CN': {
        title: '证书平台没有响应',
        cause: '证书平台的前置机在规定时间内没有答复。',
        remedy: '请稍后重试；仍不行请拨打平台服务热线。',
      },
      en: {
        title: 'Certificate platform does not answer',
        cause: 'The platform’s front server gave no answer in time.',
        remedy: 'Try again shortly; if it persists, call the platform’s hotline.',
      },
    },
  },
  FRONT_SERVER_BUSY: {
    retry: true,
    text: {
      'zh-CN': { title: '证书平台繁忙', cause: '证书平台限制了请求频率。', remedy: '请等一分钟后重试。' },
      en: {
        title: 'Certificate platform is busy',
        cause: 'The platform limits how often it may be asked.',
        remedy: 'Wait a minute and try again.',
      },
    },
  },
  FRONT_SERVER_FAILED: {
    retry: true,
    text: {
      'zh-CN': {
        title: '证书平台出错',
        cause: '证书平台的前置机报告内部错误。',
        remedy: '请稍后重试；仍不行请拨打平台服务热线。',
      },
      en: {
        title: 'Certificate platform failed',
        cause: 'The platform’s front server reports an internal error.',
        remedy: 'Try again shortly; if it persists, call the platform’s hotline.',
      },
    },
  },
  FRONT_SERVER_PROTOCOL: {
    retry: false,
    text: {
      'zh-CN': {
        title: '证书平台的答复异常',
        cause: '前置机的答复与本次请求不符或无法识别，为安全起见已中止。',
        remedy: '请勿继续扫码，并向平台服务热线报告。',
      },
      en: {
        title: 'Unexpected answer from the platform',
        cause:
          'The front server’s answer does not fit this request or cannot be read, so it was stopped for safety.',
        remedy: 'Do not scan; report it to the platform’s hotline.',
      },
    },
  },
  FRONT_SERVER_REFUSED: {
    retry: false,
    text: {
      'zh-CN': {
        title: '证书平台拒绝了请求',
        cause: '前置机不接受此网站或此操作。',
        remedy: '请选择其他证书平台，或联系交易系统技术支持。',
      },
      en: {
        title: 'Refused by the platform',
        cause: 'The front server does not accept this site or this action.',
        remedy: 'Choose another platform, or contact the trading system’s support.',
      },
    },
  },
  RESULT_MISMATCH: {
    retry: false,
    text: {
      'zh-CN': {
        title: '结果与请求不符',
        cause: '证书平台返回的结果不属于本次请求，已丢弃。',
        remedy: '请重新操作；若再次出现，请向平台服务热线报告。',
      },
      en: {
        title: 'Result does not fit the request',
        cause: 'The result that the platform returned belongs to another request and was dropped.',
        remedy: 'Start again; if it recurs, report it to the platform’s hotline.',
      },
    },
  },
  CLIENT_NOT_FOUND: {
    retry: false,
    text: {
      'zh-CN': {
        title: '未找到客户端',
        cause: '浏览器没有找到已登记的客户端：可能未安装、登记文件有误，或被策略禁止按用户安装。',
        remedy: '请安装或修复客户端后重新检测。',
      },
      en: {
        title: 'Client not found',
        cause:
          'The browser finds no registered client: not installed, registered wrongly, or per-user registration is forbidden by policy.',
        remedy: 'Install or repair the client, then check again.',
      },
    },
  },
  CLIENT_FORBIDDEN: {
    retry: false,
    text: {
      'zh-CN': {
        title: '客户端不认识此扩展',
        cause: '客户端登记时没有列入本扩展的编号。',
        remedy: '请安装与本扩展配套的客户端。',
      },
      en: {
        title: 'Client refuses this extension',
        cause: 'The client’s registration does not list this extension’s id.',
        remedy: 'Install the client that belongs to this extension.',
      },
    },
  },
  CLIENT_BLOCKED: {
    retry: false,
    text: {
      'zh-CN': {
        title: '客户端被策略禁用',
        cause: '管理员策略禁止浏览器使用此客户端。',
        remedy: '请联系管理员放行。',
      },
      en: {
        title: 'Client blocked by policy',
        cause: 'An administrator’s policy keeps the browser from using this client.',
        remedy: 'Ask your administrator to allow it.',
      },
    },
  },
  CLIENT_EXITED: {
    retry: true,
    text: {
      'zh-CN': {
        title: '客户端无法启动',
        cause: '客户端一启动就退出，或没有执行权限。',
        remedy: '请修复安装；仍不行请导出诊断报告联系客服。',
      },
      en: {
        title: 'Client cannot start',
        cause: 'The client exits at once or may not be executed.',
        remedy: 'Repair the installation; if it persists, send the diagnostic report to the hotline.',
      },
    },
  },
  CLIENT_PROTOCOL: {
    retry: false,
    text: {
      'zh-CN': {
        title: '客户端的答复异常',
        cause: '客户端的答复无法识别，可能已损坏或版本不符。',
        remedy: '请重新安装客户端。',
      },
      en: {
        title: 'Unexpected answer from the client',
        cause: 'The client’s answer cannot be read; it may be damaged or of another version.',
        remedy: 'Install the client again.',
      },
    },
  },
  CLIENT_TIMEOUT: {
    retry: true,
    text: {
      'zh-CN': {
        title: '客户端没有响应',
        cause: '客户端已启动，但没有在规定时间内答复。',
        remedy: '请重试；仍不行请重启浏览器。',
      },
      en: {
        title: 'Client does not answer',
        cause: 'The client started but gave no answer in time.',
        remedy: 'Try again; if it persists, restart the browser.',
      },
    },
  },
  STORAGE_UNAVAILABLE: {
    retry: true,
    text: {
      'zh-CN': {
        title: '无法保存进度',
        cause: '浏览器无法写入扩展的数据，可能磁盘已满。',
        remedy: '请清理磁盘空间后重试。',
      },
      en: {
        title: 'Cannot store progress',
        cause: 'The browser cannot write the extension’s data; the disk may be full.',
        remedy: 'Free some disk space and try again.',
      },
    },
  },
  WINDOW_UNAVAILABLE: {
    retry: true,
    text: {
      'zh-CN': {
        title: '无法打开扫码窗口',
        cause: '浏览器没有打开扫码窗口。',
        remedy: '请点浏览器工具栏上的 CA互认桥 图标查看二维码，或重试。',
      },
      en: {
        title: 'Cannot open the scan window',
        cause: 'The browser did not open the scan window.',
        remedy: 'Open CA Bridge from the toolbar to see the QR code, or try again.',
      },
    },
  },
  BRIDGE_NOT_INSTALLED: {
    retry: false,
    text: {
      'zh-CN': {
        title: '未安装 CA互认桥',
        cause: '此浏览器没有安装 CA互认桥，或它没有在此网站启用。',
        remedy: '请安装并启用 CA互认桥 后刷新网页。',
      },
      en: {
        title: 'CA Bridge is not installed',
        cause: 'This browser has no CA Bridge, or it is not enabled on this site.',
        remedy: 'Install and enable CA Bridge, then reload the page.',
      },
    },
  },
  BRIDGE_NOT_RESPONDING: {
    retry: true,
    text: {
      'zh-CN': {
        title: 'CA互认桥 没有响应',
        cause: '扩展没有在规定时间内答复。',
        remedy: '请刷新网页重试；仍不行请重启浏览器。',
      },
      en: {
        title: 'CA Bridge does not answer',
        cause: 'The extension gave no answer in time.',
        remedy: 'Reload the page and try again; if it persists, restart the browser.',
      },
    },
  },
  BRIDGE_RELOAD_NEEDED: {
    retry: true,
    text: {
      'zh-CN': {
        title: '请刷新网页',
        cause: 'CA互认桥 刚刚更新或重新启用，此网页仍连着旧版本。',
        remedy: '请刷新网页后重试。',
      },
      en: {
        title: 'Reload the page',
        cause: 'CA Bridge was just updated or enabled again, and this page still holds the old one.',
        remedy: 'Reload the page and try again.',
      },
    },
  },
  BRIDGE_INTERNAL: {
    retry: true,
    text: {
      'zh-CN': {
        title: 'CA互认桥 内部错误',
        cause: '出现了意料之外的情况。',
        remedy: '请重试；仍不行请导出诊断报告联系客服。',
      },
      en: {
        title: 'Internal error of CA Bridge',
        cause: 'Something unforeseen happened.',
        remedy: 'Try again; if it persists, send the diagnostic report to the hotline.',
      },
    },
  },
};
