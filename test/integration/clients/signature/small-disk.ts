import { tryCommand } from '../../../support/run-command.ts';

/** A way to start one process with little room for files. */
export interface SmallDisk {
  readonly name: string;
  /** Put before the command line; TMPDIR must name a folder. */
  readonly command: readonly [string, ...string[]];
  /** Where others see the temporary folder of that process. */
  seenFrom(pid: number | undefined, folder: string): string;
}

/**
 * The ways that this system has: a largest size of files everywhere, and a disk of its own in a namespace of the
 * process, with which it goes, where we may mount one.
 */
export async function smallDisks(megabytes: number): Promise<readonly SmallDisk[]> {
  const limit = `ulimit -f ${megabytes * 2_048} && exec "$@"`;
  const limited: SmallDisk = {
    name: `files of at most ${megabytes} MiB`,
    command: ['sh', '-c', limit, 'sh'],
    seenFrom: (_, folder) => folder,
  };
  const mount = `mount -t tmpfs -o size=${megabytes}m tmpfs "$TMPDIR" && exec "$@"`;
  for (const options of [['--mount'], ['--mount', '--map-root-user']]) {
    const line = [...options, 'sh', '-c', mount, 'sh'];
    const tried = await tryCommand('unshare', [...line, 'true'], { env: { TMPDIR: '/tmp' } }).catch(
      () => undefined,
    );
    if (tried?.code !== 0) continue;
    const name = `a disk of ${megabytes} MiB`;
    const command = ['unshare', ...line] as const;
    return [limited, { name, command, seenFrom: (pid, folder) => `/proc/${pid}/root${folder}` }];
  }
  return [limited];
}
