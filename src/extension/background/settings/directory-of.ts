import type { DirectoryEntry, DirectoryOverride } from '../../../protocol/directory.ts';
import { builtInDirectory } from '../../../platforms/directory.ts';
import type { Deployment } from '../configuration.ts';

/**
 * 数字证书办理 as this deployment has it: the built-in entries in their order with the build's and policy's fields over
 * them, then added ones in the order in which they are given. Hosts of configured front servers count as the platform's.
 */
export function directoryOf({ builtIn, policy }: Deployment): readonly DirectoryEntry[] {
  const entries = new Map(builtInDirectory.map((entry) => [entry.id, entry]));
  for (const override of builtIn.directory ?? []) entries.set(override.id, merged(entries, override));
  for (const override of policy.directory ?? []) {
    entries.set(override.id, { ...merged(entries, override), byPolicy: true });
  }
  return [...entries.values()].map((entry) =>
    withFrontServer(entry, { ...builtIn.frontServers, ...policy.frontServers }),
  );
}

/** A platform's QRs may name the front server that the deployment has for it. */
function withFrontServer(
  entry: DirectoryEntry,
  frontServers: Readonly<Record<string, string | undefined>>,
): DirectoryEntry {
  const address = frontServers[entry.id];
  if (address === undefined) return entry;
  const { hostname } = new URL(address);
  const { qrHosts = [] } = entry;
  return qrHosts.includes(hostname) ? entry : { ...entry, qrHosts: [...qrHosts, hostname] };
}

function merged(
  entries: ReadonlyMap<string, DirectoryEntry>,
  { id, ...fields }: DirectoryOverride,
): DirectoryEntry {
  const {
    name = { 'zh-CN': id, en: id },
    group = 'other',
    state = 'comingSoon',
    scenes = [],
    ...rest
  } = entries.get(id) ?? {};
  const before = { name, group, state, scenes, ...rest };
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return { id, ...before, ...given };
}
