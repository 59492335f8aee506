import { entry, type CatalogueEntry } from './catalogue-entry.ts';

/** What the user can act on with a vendor's key; part of the group `user`. */
export const vendorUserErrors = {
  VENDOR_KEY_MISSING: entry(
    true,
    ['没有找到证书', '证书驱动已运行，但没有插入证书介质，或介质里没有国密证书。', '请插入证书介质后重试。'],
    [
      'No certificate found',
      'The certificate driver runs, but no key with an SM2 certificate is inserted.',
      'Insert the key and try again.',
    ],
  ),
  VENDOR_LOGIN_REFUSED: entry(
    true,
    [
      '口令没有通过',
      '证书驱动的口令窗口被关闭，或口令不正确。',
      '请重试，注意剩余次数；介质锁定请联系发证机构。',
    ],
    [
      'The PIN was not accepted',
      'The driver’s PIN window was closed, or the PIN was wrong.',
      'Try again and mind the tries that are left; ask the authority if the key is locked.',
    ],
  ),
  SETTINGS_INVALID: entry(
    false,
    ['设置文件无法识别', '这不是 CA互认桥 导出的设置文件，或内容已被改动。', '请选择从本扩展导出的文件。'],
    [
      'Settings file not readable',
      'It was not exported by CA Bridge, or it was changed.',
      'Choose a file that this extension exported.',
    ],
  ),
} as const satisfies Record<string, CatalogueEntry>;

/** What stands between client and vendor's service on this machine; part of the group `machine`. */
export const vendorMachineErrors = {
  VENDOR_NOT_RUNNING: entry(
    true,
    ['证书驱动没有运行', '本机没有程序在证书驱动的端口上应答。', '请安装或启动证书驱动后重试。'],
    [
      'The certificate driver is not running',
      'No program answers at the driver’s ports on this machine.',
      'Install or start the driver, then try again.',
    ],
  ),
  VENDOR_SILENT: entry(
    true,
    [
      '证书驱动没有答复',
      '证书驱动没有在规定时间内答复，可能有它自己的窗口在等待。',
      '请查看任务栏里驱动的窗口，再重试。',
    ],
    [
      'The certificate driver does not answer',
      'It gave no answer in time; a window of its own may be waiting.',
      'Look for the driver’s window in the task bar, then try again.',
    ],
  ),
  VENDOR_PROTOCOL: entry(
    false,
    [
      '端口被其他程序占用',
      '在证书驱动端口上应答的不是所需的驱动，或版本不符。',
      '请关闭占用端口的程序，或更新证书驱动。',
    ],
    [
      'Another program answers',
      'What answers at the driver’s port is not the driver that is needed, or another version.',
      'Close that program, or update the driver.',
    ],
  ),
  VENDOR_FAILED: entry(
    true,
    ['证书驱动操作失败', '证书驱动报告操作没有成功。', '请重新插入证书介质后重试；仍不行请联系发证机构。'],
    [
      'The certificate driver failed',
      'The driver reported that it could not do it.',
      'Insert the key anew and try again; if it persists, ask the authority.',
    ],
  ),
  LOCAL_SERVICE_NOT_ALLOWED: entry(
    false,
    [
      '本站未启用本地服务桥接',
      '网页要访问的本地地址不在名单内，或本站没有启用桥接。',
      '需要时请在扩展的设置中启用。',
    ],
    [
      'Local-service bridge not enabled here',
      'The local address is not on the list, or the bridge is off on this site.',
      'Enable it in the extension’s options where it is needed.',
    ],
  ),
} as const satisfies Record<string, CatalogueEntry>;
