import { chmod, mkdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { clientKinds, type ClientKind } from '../../protocol/native-messages.ts';
import { hostManifestFileName, hostManifestText } from './host-manifest.ts';
import { clientFileName, createLauncherScript, launcherFileName } from './launcher-script.ts';

export interface ProfileRegistration {
  /** The browser's user-data folder. */
  readonly profileFolder: string;
  /** Folder of the built clients. */
  readonly clientsFolder: string;
  /** Node's executable. */
  readonly nodePath: string;
}

export interface Registration {
  /** Removes what the registration wrote and nothing else; does nothing the second time. */
  unregister(): Promise<void>;
}

/**
 * Registers both clients with the browser of one profile (Linux and macOS; Windows knows no registration by
 * profile). An earlier registration of ours in the profile is replaced.
 * @throws the file system's error when the profile cannot be written; nothing of ours is left then.
 */
export async function registerClients(registration: ProfileRegistration): Promise<Registration> {
  const folder = join(resolve(registration.profileFolder), 'NativeMessagingHosts');
  const made = await mkdir(folder, { recursive: true });
  const unregister = async () => {
    const files = clientKinds.flatMap((kind) => [manifestPath(folder, kind), launcherPath(folder, kind)]);
    const removals = await Promise.allSettled(files.map((file) => rm(file, { force: true })));
    if (made !== undefined) await removeIfEmpty(folder);
    const failure = removals.find((removal) => removal.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
  };
  try {
    for (const kind of clientKinds) await writeClient(folder, kind, registration);
  } catch (error) {
    // Whatever kept a file from being written may keep it from being removed; the first error says why.
    await unregister().catch(() => undefined);
    throw error;
  }
  return { unregister };
}

const manifestPath = (folder: string, kind: ClientKind) => join(folder, hostManifestFileName(kind));
const launcherPath = (folder: string, kind: ClientKind) => join(folder, launcherFileName(kind));

async function writeClient(
  folder: string,
  kind: ClientKind,
  { clientsFolder, nodePath }: ProfileRegistration,
): Promise<void> {
  const launcher = launcherPath(folder, kind);
  await writeFile(
    launcher,
    createLauncherScript(nodePath, join(resolve(clientsFolder), clientFileName(kind))),
  );
  // Not by `writeFile`'s mode: that leaves an existing file's alone and obeys the umask.
  await chmod(launcher, 0o755);
  await writeFile(manifestPath(folder, kind), hostManifestText(kind, launcher));
}

/** Whoever else registered something in the folder meanwhile keeps it. */
async function removeIfEmpty(folder: string): Promise<void> {
  await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST' && error.code !== 'ENOENT') throw error;
  });
}
