import { readRegistrations } from '../installer/registration-status.ts';
import type { Command } from './command.ts';
import { parseInstallerOptions } from './installer-options.ts';
import { reportInstaller, type InstallerResult } from './installer-report.ts';
import { openInstallation } from './open-installation.ts';

/** `ca-bridge status`: how the clients are registered. */
export const statusCommand: Command = {
  summary: { 'zh-CN': '查看注册情况', en: 'show how the clients are registered' },
  usage: {
    'zh-CN': `用法：ca-bridge status [选项]

逐个浏览器显示两个客户端的注册情况，不作任何改动。

  --browser chrome|edge|chromium|all  浏览器，可重复；默认 all
  --user                              当前用户的注册（默认）
  --machine                           整台计算机的注册；可与 --user 同用
  --json                              以 JSON 输出
  --help                              显示本说明

退出码：0 所问的全部已注册且完好；1 有未注册或有问题的；2 用法有误；3 没有权限。
`,
    en: `Usage: ca-bridge status [OPTIONS]

Shows for each browser how the two clients are registered; changes nothing.

  --browser chrome|edge|chromium|all  a browser, may be repeated; all by default
  --user                              this user's registration (default)
  --machine                           the whole machine's; may be given with --user
  --json                              print JSON
  --help                              show this

Exit code: 0 all that were asked about are registered and intact; 1 some are not; 2 wrong usage; 3 no rights.
`,
  },
  run(args, context) {
    const options = parseInstallerOptions(args, { clientFolder: false, bothScopes: true });
    return reportInstaller(context, options.json, ['registered'], async () => {
      const results: InstallerResult[] = [];
      for (const scope of options.scopes) {
        const { installation, stores } = openInstallation(scope, context);
        const found = await readRegistrations(installation, stores, options.browsers);
        results.push(...found.map((each) => ({ scope, ...each })));
      }
      return results;
    });
  },
};
