import type { Scope } from '../installer/browsers.ts';
import { createFileStore } from '../installer/file-store.ts';
import { findInstallation, type Installation } from '../installer/installation.ts';
import { createRegistry } from '../installer/reg-exe.ts';
import { createRegistryStore } from '../installer/registry-store.ts';
import type { Stores } from '../installer/store.ts';
import type { CommandContext } from './command.ts';

/** A scope of this machine, with what reads and writes it. @throws InstallerError `homeUnknown`, `platformUnknown` */
export function openInstallation(
  scope: Scope,
  { env, platform }: CommandContext,
): { installation: Installation; stores: Stores } {
  const installation = findInstallation(scope, { env, platform, systemRoot: '/' });
  return {
    installation,
    stores: { file: createFileStore(scope), key: createRegistryStore(createRegistry(env)) },
  };
}
