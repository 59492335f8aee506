import { vendorMachineErrors } from './vendor-errors.ts';
import { entry, type GroupEntries } from './catalogue-entry.ts';

export const machineErrors: GroupEntries<'machine'> = {
  ...vendorMachineErrors,
  CLIENT_NOT_FOUND: entry(
    false,
    [
      '未找到客户端',
      '浏览器没有找到已登记的客户端：可能未安装、登记文件有误，或被策略禁止按用户安装。',
      '请安装或修复客户端后重新检测。',
    ],
    [
      'Client not found',
      'The browser finds no registered client: not installed, registered wrongly, or per-user registration is forbidden by policy.',
      'Install or repair the client, then check again.',
    ],
  ),
  CLIENT_FORBIDDEN: entry(
    false,
    ['客户端不认识此扩展', '客户端登记时没有列入本扩展的编号。', '请安装与本扩展配套的客户端。'],
    [
      'Client refuses this extension',
      'The client’s registration does not list this extension’s id.',
      'Install the client that belongs to this extension.',
    ],
  ),
  CLIENT_BLOCKED: entry(
    false,
    ['客户端被策略禁用', '管理员策略禁止浏览器使用此客户端。', '请联系管理员放行。'],
    [
      'Client blocked by policy',
      'An administrator’s policy keeps the browser from using this client.',
      'Ask your administrator to allow it.',
    ],
  ),
  CLIENT_EXITED: entry(
    true,
    ['客户端无法启动', '客户端一启动就退出，或没有执行权限。', '请修复安装；仍不行请导出诊断报告联系客服。'],
    [
      'Client cannot start',
      'The client exits at once or may not be executed.',
      'Repair the installation; if it persists, send the diagnostic report to the hotline.',
    ],
  ),
  CLIENT_PROTOCOL: entry(
    false,
    ['客户端的答复异常', '客户端的答复无法识别，可能已损坏或版本不符。', '请重新安装客户端。'],
    [
      'Unexpected answer from the client',
      'The client’s answer cannot be read; it may be damaged or of another version.',
      'Install the client again.',
    ],
  ),
  CLIENT_TIMEOUT: entry(
    true,
    ['客户端没有响应', '客户端已启动，但没有在规定时间内答复。', '请重试；仍不行请重启浏览器。'],
    [
      'Client does not answer',
      'The client started but gave no answer in time.',
      'Try again; if it persists, restart the browser.',
    ],
  ),
  CLIENT_BUSY: entry(
    true,
    ['客户端正忙', '客户端同时处理的任务或文件已达上限。', '请等其他任务完成后重试。'],
    [
      'Client is busy',
      'The client already works on as many tasks or files as it can.',
      'Wait for the other tasks to end, then try again.',
    ],
  ),
  CLIENT_TOO_OLD: entry(
    false,
    ['客户端版本过旧', '已安装的客户端不支持此操作。', '请更新客户端后重新检测。'],
    [
      'Client too old',
      'The installed client does not know this operation.',
      'Update the client, then check again.',
    ],
  ),
  DISK_FULL: entry(
    true,
    ['磁盘空间不足', '本机磁盘没有足够空间存放处理中的文件。', '请清理磁盘空间后重试。'],
    [
      'Disk is full',
      'There is not enough room on this computer’s disk for the files being worked on.',
      'Free some disk space and try again.',
    ],
  ),
  FILE_CHANGED: entry(
    true,
    ['文件在处理中被改动', '文件在读取过程中发生了变化。', '请关闭正在使用该文件的程序，重新选择文件。'],
    [
      'File changed meanwhile',
      'The file changed while it was read.',
      'Close the programs that use it and choose the file again.',
    ],
  ),
  FILE_INCOMPLETE: entry(
    true,
    ['文件没有传完', '文件传输提前结束，或大小与预告不符。', '请重新选择文件再试。'],
    [
      'File not complete',
      'The transfer of the file ended early, or its size is not the one announced.',
      'Choose the file again and retry.',
    ],
  ),
  FILE_TOO_LARGE: entry(
    false,
    ['文件过大', '文件超过了客户端能处理的大小。', '请拆分或压缩文件后再试。'],
    [
      'File too large',
      'The file is larger than the client can handle.',
      'Split or shrink the file, then try again.',
    ],
  ),
  FILE_UNKNOWN: entry(
    true,
    ['找不到传输中的文件', '客户端没有这个文件，可能已重启或文件已被移除。', '请重新选择文件再试。'],
    [
      'No such file in the client',
      'The client does not hold this file; it may have restarted or dropped it.',
      'Choose the file again and retry.',
    ],
  ),
  READ_BACK_FAILED: entry(
    true,
    [
      '写入的文件与内容不符',
      '加密后回读检查，发现磁盘上的文件与写入的不同。',
      '请换一个磁盘或检查磁盘后重试。',
    ],
    [
      'What was written reads back differently',
      'The file on the disk is not what was encrypted.',
      'Check the disk, or use another one, and try again.',
    ],
  ),
  OPENING_UNKNOWN: entry(
    true,
    [
      '需要再扫一次码',
      '加密客户端在解密途中重新启动，一次性密钥已丢失。',
      '请再扫一次码；已解开的部分不用重来。',
    ],
    [
      'One more scan is needed',
      'The encryption client restarted while it opened files; its one-time key is gone.',
      'Scan once more; what is open already stays.',
    ],
  ),
  STORAGE_UNAVAILABLE: entry(
    true,
    ['无法保存进度', '浏览器无法写入扩展的数据，可能磁盘已满。', '请清理磁盘空间后重试。'],
    [
      'Cannot store progress',
      'The browser cannot write the extension’s data; the disk may be full.',
      'Free some disk space and try again.',
    ],
  ),
  WINDOW_UNAVAILABLE: entry(
    true,
    [
      '无法打开扫码窗口',
      '浏览器没有打开扫码窗口。',
      '请点浏览器工具栏上的 CA互认桥 图标查看二维码，或重试。',
    ],
    [
      'Cannot open the scan window',
      'The browser did not open the scan window.',
      'Open CA Bridge from the toolbar to see the QR code, or try again.',
    ],
  ),
  BROWSER_TOO_OLD: entry(
    false,
    ['浏览器版本过低', '此浏览器不能把文件交给扩展（需要 148 或更高版本）。', '请更新浏览器后重试。'],
    [
      'The browser is too old',
      'It cannot hand files to the extension; version 148 or later can.',
      'Update the browser and try again.',
    ],
  ),
};
