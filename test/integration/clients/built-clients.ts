import { createBuilder } from 'vite';
import { projectPath } from '../../support/project-paths.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';

/** Builds both clients as `vite build --mode clients` does, into a folder of its own. */
export async function buildClients(): Promise<TemporaryFolder> {
  const folder = await createTemporaryFolder('ca-bridge-clients-');
  const build = { outDir: folder.path };
  const builder = await createBuilder({
    mode: 'clients',
    root: projectPath(''),
    configFile: projectPath('vite.config.ts'),
    logLevel: 'error',
    environments: { signature: { build }, encryption: { build } },
  });
  await builder.buildApp();
  return folder;
}
