import { chmod, cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { projectPath } from '../../../support/project-paths.ts';
import { createTemporaryFolder } from '../../../support/temporary-folder.ts';
import { tryCommand } from '../../../support/run-command.ts';

/** Root may do everything: its tests run the program as nobody. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

/** Runs `ca-bridge` as a user with no rights of its own while `folder` has `mode`. */
export async function runAsNobody(
  folder: string,
  mode: number,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const home = await createTemporaryFolder('ca-bridge-nobody-');
  onTestFinished(home.remove);
  await chmod(home.path, 0o755);
  const program = join(home.path, 'ca-bridge.cjs');
  const starter = join(home.path, 'start.cjs');
  await cp(projectPath('dist/clients/ca-bridge.cjs'), program);
  const steps = isRoot ? `process.setgroups([]); process.setgid(${nobody}); process.setuid(${nobody});` : '';
  const script = JSON.stringify(program);
  await writeFile(starter, `${steps}\nprocess.argv[1] = ${script};\nrequire(${script});\n`);
  await chmod(folder, mode);
  try {
    const { code, stdout, stderr } = await tryCommand(process.execPath, [starter, ...args]);
    return { code, stdout: Buffer.from(stdout).toString('utf8'), stderr };
  } finally {
    await chmod(folder, 0o755);
  }
}
