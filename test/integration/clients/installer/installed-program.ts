import { chmod, chown, cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { clientKinds } from '../../../../src/protocol/native-messages.ts';
import { assembly } from '../../../../src/kernel/build/assembly.ts';
import { threadPrograms } from '../../../../src/kernel/build/thread-programs.ts';
import { projectPath } from '../../../support/project-paths.ts';
import { tryCommand } from '../../../support/run-command.ts';
import { createTemporaryFolder } from '../../../support/temporary-folder.ts';

export interface CommandRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `ca-bridge` built to one file beside the built clients, as it is delivered, readable by every user. */
export interface InstalledProgram {
  readonly folder: string;
  /** Makes an empty folder that belongs to the user who runs the program. */
  makeHome(name: string): Promise<string>;
  /** Runs it with this environment alone, as a user who may not change the machine. */
  run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<CommandRun>;
  remove(): Promise<void>;
}

/** Root may write everywhere: its tests run the program as nobody. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

export async function installProgram(): Promise<InstalledProgram> {
  const root = await createTemporaryFolder('ca-bridge-installed-');
  await chmod(root.path, 0o755);
  const folder = join(root.path, 'program');
  await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    plugins: [assembly(), threadPrograms()],
    build: {
      ssr: projectPath('src/clients/command-line/ca-bridge.ts'),
      outDir: folder,
      target: 'node20',
      rolldownOptions: { output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false } },
    },
  });
  for (const kind of clientKinds) {
    await cp(projectPath(`dist/clients/${kind}-client.cjs`), join(folder, `${kind}-client.cjs`));
  }
  const starter = join(root.path, 'start.cjs');
  await writeFile(starter, startScript(join(folder, 'ca-bridge.cjs')));
  let homes = 0;
  return {
    folder,
    async makeHome(name) {
      const outer = join(root.path, String(++homes));
      const home = join(outer, name);
      await mkdir(home, { recursive: true });
      if (isRoot) for (const each of [outer, home]) await chown(each, nobody, nobody);
      return home;
    },
    async run(args, env) {
      const cleared = Object.fromEntries(Object.keys(process.env).map((name) => [name, undefined]));
      const options = { env: { ...cleared, ...env } as Record<string, string> };
      const { code, stdout, stderr } = await tryCommand(process.execPath, [starter, ...args], options);
      return { code, stdout: Buffer.from(stdout).toString('utf8'), stderr };
    },
    remove: root.remove,
  };
}

/** Gives root's rights up, then is the program. */
function startScript(program: string): string {
  const steps = isRoot ? `process.setgroups([]); process.setgid(${nobody}); process.setuid(${nobody});` : '';
  const path = JSON.stringify(program);
  return `${steps}\nprocess.argv[1] = ${path};\nrequire(${path});\n`;
}
