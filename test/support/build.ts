import { spawn } from 'node:child_process';
import { projectPath } from './project-paths.ts';

/** Targets of vite.config.ts, each built by its `--mode`. */
export const buildTargets = ['store', 'qa', 'sdk', 'sdk-classic', 'verifier', 'clients', 'sandbox'] as const;
export type BuildTarget = (typeof buildTargets)[number];

/** Builds one target into `dist/`; rejects with what vite printed. */
export function build(target: BuildTarget, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const vite = projectPath('node_modules/vite/bin/vite.js');
    const child = spawn(process.execPath, [vite, 'build', '--mode', target, '--logLevel', 'warn'], {
      cwd: projectPath(''),
      stdio: ['ignore', 'pipe', 'pipe'],
      // Vitest's own value would make a development build.
      env: { ...process.env, NODE_ENV: 'production' },
      signal,
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    child.stderr.on('data', (chunk) => (output += String(chunk)));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`building ${target} failed:\n${output}`)),
    );
  });
}

function isBuildTarget(name: string): name is BuildTarget {
  return buildTargets.some((target) => target === name);
}

if (process.argv[1] === projectPath('test/support/build.ts')) {
  for (const name of process.argv.slice(2)) {
    if (!isBuildTarget(name)) throw new Error(`no such target: ${name}`);
    await build(name);
    console.log(`built ${name}`);
  }
}
