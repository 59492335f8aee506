import { createBuilder } from 'vite';
import { clientKinds, type ClientKind } from '../../../src/protocol/native-messages.ts';
import { projectPath } from '../../support/project-paths.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';

/** Builds clients as `vite build --mode clients` does, into a folder of their own. */
export async function buildClients(kinds: readonly ClientKind[] = clientKinds): Promise<TemporaryFolder> {
  const folder = await createTemporaryFolder('ca-bridge-clients-');
  const build = { outDir: folder.path };
  const builder = await createBuilder({
    mode: 'clients',
    root: projectPath(''),
    configFile: projectPath('vite.config.ts'),
    logLevel: 'error',
    environments: { signature: { build }, encryption: { build } },
  });
  for (const kind of kinds) {
    const environment = builder.environments[kind];
    if (environment === undefined) throw new Error(`no build of the ${kind} client`);
    await builder.build(environment);
  }
  return folder;
}
