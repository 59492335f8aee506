import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { projectPath } from '../support/project-paths.ts';
import type { Figure } from './figure.ts';
import { peers } from './peers.ts';

/** What sites and users load: kB of 1,000 bytes, gzip at its best level, as a server would store it. */
export async function measureSizes(): Promise<Figure[]> {
  const [content = ''] = JSON.parse(await readFile(projectPath('dist/store/manifest.json'), 'utf8'))
    .content_scripts[0].js as string[];
  return [
    ...(await sizesOf(
      'content script',
      `dist/store/${content}`,
      16,
      peers.contentScriptGzip,
      peers.contentScriptRaw,
    )),
    ...(await sizesOf('SDK, ES module', 'dist/sdk/ca-bridge.js', 5, peers.sdkGzip, peers.sdkRaw)),
    ...(await sizesOf('SDK, classic script', 'dist/sdk/ca-bridge.iife.js', 5, peers.sdkGzip, peers.sdkRaw)),
  ];
}

async function sizesOf(
  what: string,
  file: string,
  limit: number,
  gzipPeers: string,
  rawPeers: string,
): Promise<Figure[]> {
  const bytes = await readFile(projectPath(file));
  const gzip = gzipSync(bytes, { level: 9 });
  return [
    {
      metric: `${what}, gzip (limit ${limit} kB)`,
      samples: [gzip.length / 1_000],
      unit: 'kB',
      peers: gzipPeers,
    },
    { metric: `${what}, raw`, samples: [bytes.length / 1_000], unit: 'kB', peers: rawPeers },
  ];
}
