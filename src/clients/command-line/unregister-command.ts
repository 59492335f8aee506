import { unregisterBrowsers } from '../installer/unregister-browsers.ts';
import type { Command } from './command.ts';
import { parseInstallerOptions } from './installer-options.ts';
import { reportInstaller } from './installer-report.ts';
import { openInstallation } from './open-installation.ts';

/** `ca-bridge unregister`: takes back what `register` did. */
export const unregisterCommand: Command = {
  summary: { 'zh-CN': '取消注册', en: 'take the registration back' },
  usage: {
    'zh-CN': `用法：ca-bridge unregister [选项]

删除 ca-bridge register 所写的内容，仅此而已；写后被改动的文件不删。

  --browser chrome|edge|chromium|all  浏览器，可重复；默认 all
  --user                              当前用户的注册（默认）
  --machine                           整台计算机的注册，需要管理员权限
  --json                              以 JSON 输出
  --help                              显示本说明

退出码：0 均已不再注册；1 有被改动而未删的，或出错；2 用法有误；3 没有权限。
`,
    en: `Usage: ca-bridge unregister [OPTIONS]

Removes what ca-bridge register wrote and nothing else; a file that was changed since is left.

  --browser chrome|edge|chromium|all  a browser, may be repeated; all by default
  --user                              this user's registration (default)
  --machine                           the whole machine's; needs an administrator
  --json                              print JSON
  --help                              show this

Exit code: 0 none is registered any more; 1 something changed was left, or a failure; 2 wrong usage; 3 no rights.
`,
  },
  run(args, context) {
    const options = parseInstallerOptions(args, { clientFolder: false, bothScopes: false });
    return reportInstaller(context, options.json, ['unregistered', 'notRegistered'], async () => {
      const [scope = 'user'] = options.scopes;
      const { installation, stores } = openInstallation(scope, context);
      const results = await unregisterBrowsers(installation, stores, options.browsers);
      return results.map(({ outcome, ...rest }) => ({ scope, state: outcome, ...rest }));
    });
  },
};
