import { describe, expect, it, test } from 'vitest';
import { commandTable } from '../../../../src/clients/command-line/command-table.ts';
import { parseInstallerOptions } from '../../../../src/clients/command-line/installer-options.ts';
import { chooseLanguage, type Language } from '../../../../src/clients/command-line/language.ts';
import { runCommandLine } from '../../../../src/clients/command-line/run-command-line.ts';
import { shownPath } from '../../../../src/clients/command-line/shown-path.ts';

/** Runs without HOME, so that no command could write anything. */
async function run(args: readonly string[], language: Language = 'en') {
  const output = { stdout: '', stderr: '' };
  const code = await runCommandLine(commandTable, args, {
    env: {},
    platform: 'linux',
    language,
    programFolder: '/nowhere',
    node: process.execPath,
    terminal: { showsErrors: false },
    write: (text) => void (output.stdout += text),
    writeError: (text) => void (output.stderr += text),
  });
  return { code, ...output };
}

describe('wrong usage ends with 2 and the usage, on standard error alone', () => {
  test.each([
    [[]],
    [['install']],
    [['__proto__']],
    [['constructor']],
    [['register', '--browser', 'firefox']],
    [['register', '--browser']],
    [['register', '--user', '--machine']],
    [['register', 'chrome']],
    [['register', '--no-such-option']],
    [['register', '--client-folder=']],
    [['unregister', '--client-folder', '/x']],
    [['status', '--json=yes']],
  ])('%j', async (args) => {
    expect(await run(args)).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('Usage: ca-bridge'),
    });
  });
});

describe('help', () => {
  test.each(['--help', '-h', 'help'])('%s lists every command', async (word) => {
    const { code, stdout } = await run([word]);
    expect(code).toBe(0);
    for (const name of Object.keys(commandTable)) expect(stdout).toContain(`  ${name}`);
  });

  test.each(Object.keys(commandTable))('%s --help shows its options in both languages', async (name) => {
    expect(await run([name, '--help'])).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage:') });
    expect(await run([name, '--help'], 'zh-CN')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('用法：'),
    });
  });
});

describe('a failure', () => {
  it('is told in words on standard error', async () => {
    expect(await run(['status'])).toEqual({ code: 1, stdout: '', stderr: expect.stringContaining('HOME') });
    expect((await run(['status'], 'zh-CN')).stderr).toContain('环境变量 HOME');
  });

  it('is told in JSON too where that was asked for', async () => {
    const { stdout } = await run(['register', '--json']);
    expect(JSON.parse(stdout)).toEqual({ done: false, problem: 'homeUnknown', subject: 'HOME' });
  });
});

test.each<[Record<string, string>, Language]>([
  [{ LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
  [{ LANG: 'zh' }, 'zh-CN'],
  [{ LANG: 'en_US.UTF-8' }, 'en'],
  [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, 'en'],
  [{ LANG: 'en_US.UTF-8', LC_MESSAGES: 'zh_CN.UTF-8', LC_ALL: '' }, 'zh-CN'],
  [{ LANG: 'zha' }, 'en'],
])('%j speaks %s', (env, language) => {
  expect(chooseLanguage(env)).toBe(language);
});

test.each([
  [[], ['chrome', 'edge', 'chromium']],
  [
    ['--browser', 'all'],
    ['chrome', 'edge', 'chromium'],
  ],
  [['--browser', 'edge'], ['edge']],
  [
    ['--browser=chromium', '--browser=chrome'],
    ['chrome', 'chromium'],
  ],
])('%j asks for %j', (args, browsers) => {
  expect(parseInstallerOptions(args, { clientFolder: true, bothScopes: true })).toMatchObject({
    browsers,
    scopes: ['user'],
  });
});

it('a path with control characters cannot write to the terminal', () => {
  expect(shownPath('/a\n\u001b[31m\u007f')).toBe('"/a\\n\\u001b[31m\\u007f"');
  expect(shownPath('/张 三')).toBe('/张 三');
});
