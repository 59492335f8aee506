import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { clientKinds, type ClientKind } from '../../protocol/native-messages.ts';
import type { BrowserId } from './browsers.ts';
import { codeOf } from './file-store.ts';
import { hostManifestFileName, hostManifestText } from './host-manifest.ts';
import { digestOf, emptyRecord, readRecord, sameSlot, type InstallRecord } from './install-record.ts';
import { browserEntry, type Installation } from './installation.ts';
import { InstallerError } from './installer-error.ts';
import { launcherFileName } from './launcher-script.ts';
import type { StoreKind, StoredContent, Stores } from './store.ts';

/**
 * `registered`: by us and intact. `notOurs`: another program's, or changed since we wrote it. `pathGone`: a file
 * that it needs is missing. `notExecutable`: a program that it needs cannot be executed.
 */
export type RegistrationState = 'registered' | 'notOurs' | 'pathGone' | 'notExecutable' | 'notRegistered';

export interface RegistrationStatus {
  readonly browser: BrowserId;
  readonly client: ClientKind;
  readonly state: RegistrationState;
  /** The file or registry key that the browser reads, or that of its parts which the state is about. */
  readonly place: string;
}

/**
 * Tells how clients are registered, as the browser will find them. Changes nothing. Without a legible record only
 * what starts our own launcher is known as ours.
 * @throws the file system's error when a place cannot be read
 */
export async function readRegistrations(
  installation: Installation,
  stores: Stores,
  browsers: readonly BrowserId[],
): Promise<RegistrationStatus[]> {
  const record = await readRecord(installation, stores.file).catch((error: unknown) => {
    if (error instanceof InstallerError) return emptyRecord;
    throw error;
  });
  const examine = createExaminer(installation, stores, record);
  const found: RegistrationStatus[] = [];
  for (const browser of browsers) {
    for (const client of clientKinds) found.push({ browser, client, ...(await examine(browser, client)) });
  }
  return found;
}

type Finding = Pick<RegistrationStatus, 'state' | 'place'>;

function createExaminer(installation: Installation, stores: Stores, record: InstallRecord) {
  const isOurs = (store: StoreKind, id: string, { content }: StoredContent) =>
    record.items.some((item) => sameSlot(item, { store, id }) && item.digests.includes(digestOf(content)));

  async function examineManifest(file: string, client: ClientKind): Promise<Finding> {
    const found = await stores.file.read(file);
    if (found === 'absent') return { state: 'pathGone', place: file };
    const launcher = join(installation.dataFolder, launcherFileName(client));
    if (
      found === 'obstacle' ||
      !(isOurs('file', file, found) || found.content.equals(Buffer.from(hostManifestText(client, launcher))))
    ) {
      return { state: 'notOurs', place: file };
    }
    const start = startedBy(found.content);
    return start === undefined ? { state: 'notOurs', place: file } : examineProgram(start, file);
  }

  async function examineProgram(program: string, manifest: string): Promise<Finding> {
    const fault = await faultOf(program, constants.X_OK);
    if (fault !== undefined) return { state: fault, place: program };
    const launcher = record.items.find((item) => sameSlot(item, { store: 'file', id: program }));
    if (launcher === undefined) return { state: 'registered', place: manifest };
    const found = await stores.file.read(program);
    if (typeof found === 'string' || !isOurs('file', program, found)) {
      return { state: 'notOurs', place: program };
    }
    for (const [index, file] of launcher.requires.entries()) {
      // The first is Node, which is executed; the others are what it reads.
      const problem = await faultOf(file, index === 0 ? constants.X_OK : constants.R_OK);
      if (problem !== undefined) return { state: problem, place: file };
    }
    return { state: 'registered', place: manifest };
  }

  return async (browser: BrowserId, client: ClientKind): Promise<Finding> => {
    const place = browserEntry(installation, browser, client);
    const entry = await stores[installation.platform === 'windows' ? 'key' : 'file'].read(place);
    if (entry === 'absent') return { state: 'notRegistered', place };
    if (entry === 'obstacle') return { state: 'notOurs', place };
    if (installation.platform === 'linux') return examineManifest(place, client);
    const manifest = join(installation.dataFolder, hostManifestFileName(client));
    if (!entry.content.equals(Buffer.from(manifest))) return { state: 'notOurs', place };
    const finding = await examineManifest(manifest, client);
    return finding.state === 'registered' ? { ...finding, place } : finding;
  };
}

/** The absolute path that a manifest of ours names. */
function startedBy(content: Buffer): string | undefined {
  const manifest: unknown = JSON.parse(content.toString('utf8'));
  if (typeof manifest !== 'object' || manifest === null || !('path' in manifest)) return undefined;
  return typeof manifest.path === 'string' && isAbsolute(manifest.path) ? manifest.path : undefined;
}

async function faultOf(file: string, mode: number): Promise<'pathGone' | 'notExecutable' | undefined> {
  try {
    await access(file, mode);
    return undefined;
  } catch (error) {
    const code = codeOf(error);
    return code === 'EACCES' || code === 'EPERM' ? 'notExecutable' : 'pathGone';
  }
}
