import { parseArgs } from 'node:util';
import { browserIds, scopes, type BrowserId, type Scope } from '../installer/browsers.ts';
import { UsageError } from './command.ts';

export interface InstallerOptions {
  readonly browsers: readonly BrowserId[];
  /** Those that were named, else the user's. */
  readonly scopes: readonly Scope[];
  readonly json: boolean;
  readonly clientFolder: string | undefined;
}

/**
 * Reads the options of `register`, `unregister` and `status`.
 * @param allowed whether `--client-folder`, and both scopes at once, make sense
 * @throws UsageError
 */
export function parseInstallerOptions(
  args: readonly string[],
  allowed: { readonly clientFolder: boolean; readonly bothScopes: boolean },
): InstallerOptions {
  const { browser, json, user, machine, 'client-folder': clientFolder } = parse(args);
  if (clientFolder !== undefined && (!allowed.clientFolder || clientFolder === '')) {
    throw new UsageError({
      'zh-CN': '此处不能使用 --client-folder。',
      en: '--client-folder is of no use here.',
    });
  }
  const named = scopes.filter((scope) => ({ user, machine })[scope]);
  if (named.length > 1 && !allowed.bothScopes) {
    throw new UsageError({
      'zh-CN': '--user 与 --machine 只能选其一。',
      en: '--user and --machine exclude each other.',
    });
  }
  return {
    browsers: browserIds.filter((id) => isAsked(browser, id)),
    scopes: named.length === 0 ? ['user'] : named,
    json,
    clientFolder,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: false,
      options: {
        browser: { type: 'string', multiple: true, default: ['all'] },
        user: { type: 'boolean', default: false },
        machine: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        'client-folder': { type: 'string' },
      },
    }).values;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new UsageError({ 'zh-CN': `选项有误：${said}`, en: said });
  }
}

function isAsked(named: readonly string[], id: BrowserId): boolean {
  const unknown = named.find((name) => name !== 'all' && !browserIds.some((known) => known === name));
  if (unknown !== undefined) {
    const name = JSON.stringify(unknown);
    throw new UsageError({ 'zh-CN': `不认识的浏览器：${name}`, en: `Unknown browser: ${name}` });
  }
  return named.includes('all') || named.includes(id);
}
