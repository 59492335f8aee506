import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { projectPath } from '../support/project-paths.ts';

/**
 * Who may import whom: `src/ARCHITECTURE.md` shows this table, the test keeps both the table and the code to it.
 * The compiler keeps browser and Node types out of layers; npm packages and folders are kept here.
 */
const everywhere = ['lib', 'protocol'];
const layers: Readonly<
  Record<string, { readonly folders: readonly string[]; readonly packages: readonly string[] }>
> = {
  lib: { folders: [], packages: [] },
  protocol: { folders: ['lib'], packages: ['valibot'] },
  gm: { folders: ['lib'], packages: ['@noble/curves', '@noble/hashes'] },
  kernel: { folders: ['lib', 'gm'], packages: ['node:'] },
  'kernel/build': { folders: [], packages: ['node:', 'vite', 'assemblyscript'] },
  bid: { folders: ['lib', 'gm'], packages: [] },
  pdf: { folders: ['lib'], packages: ['node:', 'pngjs'] },
  ofd: { folders: ['lib'], packages: ['fflate', 'saxes'] },
  signatures: { folders: [...everywhere, 'gm', 'pdf', 'ofd'], packages: ['node:'] },
  platforms: { folders: [...everywhere, 'gm'], packages: ['valibot'] },
  rules: { folders: everywhere, packages: [] },
  sdk: { folders: everywhere, packages: [] },
  verifier: { folders: [...everywhere, 'gm', 'bid', 'signatures'], packages: ['valibot', 'node:'] },
  'extension/content': { folders: [...everywhere, 'rules'], packages: ['valibot'] },
  'extension/page': { folders: everywhere, packages: [] },
  'extension/page/relay': { folders: [...everywhere, 'extension/page'], packages: [] },
  'extension/storage': { folders: everywhere, packages: ['idb'] },
  'extension/background': {
    folders: [...everywhere, 'platforms', 'rules', 'extension/storage'],
    packages: ['qr', 'valibot', 'webextension-polyfill'],
  },
  'extension/ui': { folders: everywhere, packages: ['preact', 'qr', 'valibot', 'webextension-polyfill'] },
  'extension/documents': {
    folders: [...everywhere, 'extension/ui'],
    packages: ['preact', 'pdfjs-dist'],
  },
  'extension/prompt': {
    folders: [...everywhere, 'extension/ui', 'extension/documents'],
    packages: ['preact', 'webextension-polyfill'],
  },
  'extension/verification': {
    folders: [...everywhere, 'gm', 'extension/ui'],
    packages: ['preact', 'webextension-polyfill'],
  },
  'extension/self-test': {
    folders: [...everywhere, 'extension/ui', 'extension/documents'],
    packages: ['preact', 'webextension-polyfill'],
  },
  'extension/options': {
    folders: [...everywhere, 'extension/ui'],
    packages: ['preact', 'webextension-polyfill'],
  },
  'extension/directory': {
    folders: [...everywhere, 'extension/ui'],
    packages: ['preact', 'webextension-polyfill'],
  },
  'extension/popup': {
    folders: [...everywhere, 'extension/ui'],
    packages: ['preact', 'webextension-polyfill'],
  },
  'clients/runtime': { folders: everywhere, packages: ['valibot', 'node:'] },
  'clients/connectors': {
    folders: [...everywhere, 'gm', 'clients/runtime'],
    packages: ['node:', 'valibot', 'ws'],
  },
  'clients/certificates': { folders: [...everywhere, 'gm'], packages: [] },
  'clients/signature': {
    folders: [
      ...everywhere,
      'gm',
      'pdf',
      'ofd',
      'signatures',
      'clients/runtime',
      'clients/certificates',
      'clients/connectors',
    ],
    packages: ['node:', 'valibot'],
  },
  'clients/encryption': {
    folders: [
      ...everywhere,
      'gm',
      'bid',
      'kernel',
      'clients/runtime',
      'clients/certificates',
      'clients/connectors',
    ],
    packages: ['node:'],
  },
  'clients/installer': { folders: everywhere, packages: ['node:'] },
  'clients/command-line': {
    folders: [
      ...everywhere,
      'gm',
      'kernel',
      'bid',
      'signatures',
      'clients/runtime',
      'clients/certificates',
      'clients/connectors',
      'clients/installer',
      'clients/signature',
      'clients/encryption',
    ],
    packages: ['node:'],
  },
  'sandbox/http': { folders: ['lib'], packages: ['node:'] },
  'sandbox/authority': { folders: ['lib', 'gm'], packages: ['node:', 'pngjs'] },
  'sandbox/gateway': { folders: ['lib', 'gm', 'sandbox/http'], packages: ['node:'] },
  'sandbox/phone': {
    folders: ['lib', 'gm', 'sandbox/http', 'sandbox/authority'],
    packages: ['preact', 'qr', 'node:'],
  },
  'sandbox/trading-site': {
    folders: [...everywhere, 'gm', 'sdk', 'verifier', 'sandbox/http'],
    packages: ['preact', 'qr', 'node:'],
  },
  sandbox: {
    folders: [
      'lib',
      'gm',
      'sandbox/http',
      'sandbox/authority',
      'sandbox/gateway',
      'sandbox/phone',
      'sandbox/trading-site',
    ],
    packages: ['node:'],
  },
};

const source = projectPath('src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.tsx?$/.test(file),
);

function layerOf(file: string): string {
  const known = Object.keys(layers).filter((layer) => file.startsWith(`${layer}/`));
  return known.toSorted((left, right) => right.length - left.length)[0] ?? `(no layer for ${file})`;
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(source, file), 'utf8');
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+'([^']+)'|(?:^|\n)import\s+'([^']+)'|import\('([^']+)'\)/g;
  return [...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

function violations(file: string): string[] {
  const layer = layerOf(file);
  const rule = layers[layer];
  if (rule === undefined) return [`${file} lies in no layer of the table`];
  return importsOf(file)
    .filter((name) => !(name.startsWith('.') ? isAllowedFolder(file, name) : isAllowedPackage(layer, name)))
    .map((name) => `${file} may not import ${name}`);
}

function isAllowedFolder(file: string, name: string): boolean {
  const target = relative(source, resolve(source, dirname(file), name));
  const layer = layerOf(file);
  return [layer, ...(layers[layer]?.folders ?? [])].includes(layerOf(target)) || /\.(?:css|json)$/.test(name);
}

function isAllowedPackage(layer: string, name: string): boolean {
  return (layers[layer]?.packages ?? []).some(
    (allowed) =>
      name === allowed || name.startsWith(`${allowed}/`) || (allowed === 'node:' && name.startsWith(allowed)),
  );
}

describe('layers', () => {
  test.each(files)('%s imports only what its layer may', (file) => {
    expect(violations(file)).toEqual([]);
  });

  it('finds imports at all', () => {
    expect(importsOf('extension/background/bridge.ts')).toContain('webextension-polyfill');
  });

  it('nothing outside the sandbox imports the sandbox', () => {
    const guests = files.filter((file) => !file.startsWith('sandbox/'));
    const visitors = guests.filter((file) => importsOf(file).some((name) => name.includes('sandbox')));
    expect(visitors).toEqual([]);
  });

  it('every layer is a compiler project of its own', () => {
    const root: { references: { path: string }[] } = JSON.parse(
      readFileSync(projectPath('tsconfig.json'), 'utf8'),
    );
    const referenced = root.references.map(({ path }) => path.replace(/^src\//, ''));
    expect(referenced).toEqual(expect.arrayContaining(Object.keys(layers)));
  });
});

describe('how files read', () => {
  test.each(files)('%s is at most 250 lines', (file) => {
    expect(readFileSync(join(source, file), 'utf8').split('\n').length).toBeLessThanOrEqual(251);
  });

  it('a platform is a folder, a registry line and an entry in the policy schema', () => {
    const folders = readdirSync(join(source, 'platforms'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !['relay', 'site', 'local'].includes(entry.name))
      .map((entry) => entry.name)
      .toSorted();
    const registry = readFileSync(join(source, 'platforms/registry.ts'), 'utf8');
    const schema = readFileSync(join(source, 'extension/public/managed-schema.json'), 'utf8');
    expect(folders.filter((name) => registry.includes(`'${name}':`) && schema.includes(`"${name}"`))).toEqual(
      folders,
    );
  });
});
