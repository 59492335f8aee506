import { findClientPrograms } from '../installer/client-programs.ts';
import { registerBrowsers } from '../installer/register-browsers.ts';
import type { Command } from './command.ts';
import { parseInstallerOptions } from './installer-options.ts';
import { reportInstaller } from './installer-report.ts';
import { openInstallation } from './open-installation.ts';

/** `ca-bridge register`: lets browsers find the clients. */
export const registerCommand: Command = {
  summary: { 'zh-CN': '向浏览器注册客户端', en: 'register the clients with browsers' },
  usage: {
    'zh-CN': `用法：ca-bridge register [选项]

向浏览器注册签章客户端和加密客户端。已注册的保持不变；不是本程序所写的文件和注册表项一律不动。

  --browser chrome|edge|chromium|all  浏览器，可重复；默认 all，即三种，无论是否已安装
  --user                              只为当前用户（默认）
  --machine                           为整台计算机，需要管理员权限
  --client-folder 文件夹              客户端程序所在文件夹；默认为本程序所在文件夹
  --json                              以 JSON 输出
  --help                              显示本说明

退出码：0 全部已注册；1 有未能注册的；2 用法有误；3 没有权限，未作任何改动。
`,
    en: `Usage: ca-bridge register [OPTIONS]

Registers the signature client and the encryption client with browsers. What is registered already stays as it is;
files and registry keys that this program did not write are left alone.

  --browser chrome|edge|chromium|all  a browser, may be repeated; all by default: the three, installed or not
  --user                              for this user only (default)
  --machine                           for the whole machine; needs an administrator
  --client-folder FOLDER              folder of the clients' programs; by default that of this program
  --json                              print JSON
  --help                              show this

Exit code: 0 all are registered; 1 some are not; 2 wrong usage; 3 no rights, nothing was changed.
`,
  },
  run(args, context) {
    const options = parseInstallerOptions(args, { clientFolder: true, bothScopes: false });
    return reportInstaller(context, options.json, ['registered', 'updated', 'unchanged'], async () => {
      const [scope = 'user'] = options.scopes;
      const { installation, stores } = openInstallation(scope, context);
      const folder = options.clientFolder ?? context.programFolder;
      const programs = await findClientPrograms(folder, installation.platform, context.node);
      const results = await registerBrowsers(installation, stores, programs, options.browsers);
      return results.map(({ outcome, ...rest }) => ({ scope, state: outcome, ...rest }));
    });
  },
};
