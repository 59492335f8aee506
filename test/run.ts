import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { build, buildTargets } from './support/build.ts';
import { ensureBrowser } from './support/ensure-browser.ts';
import { ensureOpenssl } from './support/openssl.ts';
import { ensurePdfJudge } from './support/pdf-judges.ts';
import { projectPath } from './support/project-paths.ts';

/** What one check contributed; a check that is no test suite counts as one. */
interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const one = (passed: boolean): Totals => ({ passed: Number(passed), failed: Number(!passed), skipped: 0 });

/** Runs one of the project's own command-line tools, its output shown. */
function runTool(script: string, ...args: string[]): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [projectPath(`node_modules/${script}`), ...args], {
      cwd: projectPath(''),
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', reject);
    child.on('close', (code) => resolve(code === 0));
  });
}

async function runVitest(project: string): Promise<Totals> {
  const report = projectPath(`.cache/vitest-${project}.json`);
  await rm(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const passed = await runTool('vitest/vitest.mjs', 'run', '--project', project, ...reporters);
  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (text === undefined) return one(false);
  const totals: {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
  } = JSON.parse(text);
  // A suite that fails to load has no failed test, yet vitest's exit code says that it failed.
  const failed = Math.max(totals.numFailedTests, passed ? 0 : 1);
  return { passed: totals.numPassedTests, failed, skipped: totals.numPendingTests + totals.numTodoTests };
}

async function buildAll(): Promise<Totals> {
  try {
    for (const target of buildTargets) await build(target);
    process.env['CA_BRIDGE_BUILT'] = 'yes';
    return one(true);
  } catch (error) {
    console.error(error);
    return one(false);
  }
}

const { path, version } = await ensureBrowser();
console.log(`browser: ${path} ${version}`);
await ensureOpenssl();
for (const judge of ['qpdf', 'pdfsig', 'pdftoppm'] as const) await ensurePdfJudge(judge);

const checks: readonly (readonly [name: string, run: () => Promise<Totals>])[] = [
  ['format', async () => one(await runTool('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'))],
  ['lint', async () => one(await runTool('oxlint/bin/oxlint'))],
  ['types', async () => one(await runTool('typescript/bin/tsc', '-b'))],
  ['build', buildAll],
  ['unit', () => runVitest('unit')],
  ['integration', () => runVitest('integration')],
  ['e2e', () => runVitest('e2e')],
];

const sum = { passed: 0, failed: 0, skipped: 0 };
for (const [name, run] of checks) {
  const startedAt = Date.now();
  const { passed, failed, skipped } = await run();
  sum.passed += passed;
  sum.failed += failed;
  sum.skipped += skipped;
  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1);
  console.log(`== ${name}: ${passed} passed, ${failed} failed, ${skipped} skipped (${seconds} s)`);
}
if (sum.failed > 0) process.exitCode = 1;
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
