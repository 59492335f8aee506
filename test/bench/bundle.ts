import { build, type InlineConfig } from 'vite';
import { projectPath } from '../support/project-paths.ts';

/** A script of the bench as one self-contained text: for Node, or to be evaluated where a browser's code runs. */
export async function bundle(
  file: `test/bench/${string}.ts`,
  goal: { readonly for: 'node' } | { readonly for: 'browser'; readonly global: string },
): Promise<string> {
  const forNode = goal.for === 'node';
  const config: InlineConfig = {
    root: projectPath(''),
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      write: false,
      minify: false,
      ssr: forNode,
      target: forNode ? 'node20' : 'chrome120',
      lib: {
        entry: projectPath(file),
        formats: [forNode ? 'es' : 'iife'],
        ...(forNode ? {} : { name: goal.global }),
      },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  };
  const built = await build(config);
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((part) =>
    'output' in part ? part.output : [],
  );
  const [chunk, ...others] = outputs;
  if (chunk?.type !== 'chunk' || others.length > 0) throw new Error(`${file} is no single script`);
  return chunk.code;
}
