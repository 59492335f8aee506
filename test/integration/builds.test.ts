import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { sandboxOrigins } from '../../src/sandbox/origins.ts';
import type * as verifier from '../../src/verifier/verifier.ts';
import { projectPath } from '../support/project-paths.ts';

interface Manifest {
  readonly [member: string]: unknown;
  readonly content_scripts: readonly {
    readonly matches: readonly string[];
    readonly js: readonly string[];
  }[];
  readonly content_security_policy: { readonly extension_pages: string };
}

const store = projectPath('dist/store');
const qa = projectPath('dist/qa');

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}

const read = (folder: string, file: string) => readFileSync(join(folder, file));
const manifestOf = (folder: string): Manifest => JSON.parse(read(folder, 'manifest.json').toString());
const codeFiles = filesOf(store).filter((file) => /\.(?:js|html|css)$/.test(file));
const gzipSize = (content: Uint8Array) => gzipSync(content, { level: 9 }).length;

/** In pdfjs-dist: core-js's fallbacks for browsers without `globalThis`, and the question whether it may do such things. */
const inertFallbacks =
  /Function\([`"']return this[`"']\)\(\)|Function\([`"']return require\("[`"']\+\w+\+[`"']"\)[`"']\)\(\)|Function\(``\)/g;

describe('the store build', () => {
  const manifest = manifestOf(store);

  it('asks for four permissions, and for no host but the one of its content script', () => {
    expect(manifest['permissions']).toEqual(['nativeMessaging', 'storage', 'scripting', 'activeTab']);
    expect(manifest['host_permissions']).toEqual(['https://ggzy.zhanjiang.gov.cn/*']);
    expect(manifest['optional_permissions']).toBeUndefined();
    expect(manifest['optional_host_permissions']).toEqual(['https://*/*']);
  });

  it('runs on the one named site', () => {
    expect(manifest.content_scripts.flatMap(({ matches }) => matches)).toEqual([
      'https://ggzy.zhanjiang.gov.cn/*',
    ]);
  });

  it('lets no page fetch a file of it, connect to it, or frame it', () => {
    expect(manifest['web_accessible_resources']).toBeUndefined();
    expect(manifest['externally_connectable']).toBeUndefined();
    expect(manifest.content_security_policy.extension_pages).toContain("frame-ancestors 'none'");
  });

  it('runs no code but its own', () => {
    const policy = manifest.content_security_policy.extension_pages;
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    // The one wildcard is the port of the clients' file lane, which the system picks.
    expect(policy.replace('http://127.0.0.1:*', '')).not.toMatch(/unsafe|wasm|\*/);
  });

  test.each(filesOf(store))('%s knows nothing of the sandbox', (file) => {
    const text = read(store, file).toString('latin1');
    for (const origin of [sandboxOrigins.site, sandboxOrigins.frontServer, sandboxOrigins.phone]) {
      expect(text).not.toContain(origin);
      expect(text).not.toContain(new URL(origin).port);
    }
    expect(text).not.toContain('<all_urls>');
  });

  it('names no path of the machine that built it', () => {
    for (const file of filesOf(store)) expect(read(store, file).includes(projectPath(''))).toBe(false);
  });

  test.each(codeFiles)('%s holds no way to run a string', (file) => {
    const text = read(store, file).toString().replaceAll(inertFallbacks, '');
    expect(text).not.toMatch(
      /\beval\(|new Function\b|Function\(["'`]|import\(["'`]https?:|<script[^>]+src="(?!\/)/,
    );
    expect(text).not.toMatch(/sourceMappingURL/);
  });

  test.each(filesOf(store).filter((file) => file.endsWith('.html')))(
    '%s has no inline script or style',
    (file) => {
      const text = read(store, file).toString();
      expect(text).not.toMatch(/<style|style="|<script(?![^>]*\ssrc=)[^>]*>|\son\w+="/);
    },
  );

  it('has a content script of one file and at most 18 kB gzip', () => {
    const [script] = manifest.content_scripts.flatMap(({ js }) => js);
    const content = read(store, script ?? '');
    expect(content.toString()).not.toMatch(/\bimport\s*[({"']/);
    expect(gzipSize(content)).toBeLessThanOrEqual(18_000);
  });

  it('holds every icon that its code and manifest name', () => {
    const named = codeFiles.flatMap(
      (file) =>
        read(store, file)
          .toString()
          .match(/icons\/[\w-]+\.png/g) ?? [],
    );
    const inManifest =
      read(store, 'manifest.json')
        .toString()
        .match(/icons\/[\w-]+\.png/g) ?? [];
    expect(filesOf(store)).toEqual(expect.arrayContaining([...named, ...inManifest]));
  });
});

describe('the QA build', () => {
  it('differs from the store build in its manifest and its configuration, in no other file', () => {
    expect(filesOf(qa)).toEqual(filesOf(store));
    const different = filesOf(store).filter((file) => !read(store, file).equals(read(qa, file)));
    expect(different).toEqual(['configuration.json', 'manifest.json']);
  });

  it('adds the sandbox to the manifest, and nothing else', () => {
    const [storeManifest, qaManifest] = [manifestOf(store), manifestOf(qa)];
    const added = ` ${sandboxOrigins.frontServer}`;
    const policy = qaManifest.content_security_policy.extension_pages;
    expect(policy.split(added)).toHaveLength(2);
    const withoutSandbox = {
      ...qaManifest,
      content_security_policy: { extension_pages: policy.replace(added, '') },
      content_scripts: qaManifest.content_scripts.map((script) => ({
        ...script,
        matches: script.matches.filter((match) => match !== `${sandboxOrigins.site}/*`),
      })),
    };
    expect(withoutSandbox).toEqual(storeManifest);
  });

  it('adds the sandbox to the configuration, and nothing else', () => {
    const storeConfiguration = JSON.parse(read(store, 'configuration.json').toString());
    expect(JSON.parse(read(qa, 'configuration.json').toString())).toEqual({
      sites: [...storeConfiguration.sites, sandboxOrigins.site],
      frontServers: sandboxOrigins.frontServers,
    });
    expect(storeConfiguration.frontServers).toEqual({});
  });
});

describe('the SDK', () => {
  const sdk = projectPath('dist/sdk');

  it('is a module, a classic script and types', () => {
    expect(filesOf(sdk)).toEqual([
      'bids.d.ts',
      'ca-bridge.d.ts',
      'ca-bridge.iife.js',
      'ca-bridge.js',
      'error-codes.d.ts',
      'site-flow.d.ts',
    ]);
  });

  test.each(['ca-bridge.js', 'ca-bridge.iife.js'])(
    '%s is at most 5 kB gzip and needs nothing else',
    (file) => {
      const content = read(sdk, file);
      expect(gzipSize(content)).toBeLessThanOrEqual(5_000);
      expect(content.toString()).not.toMatch(/\bfrom\s*["']|\brequire\(/);
    },
  );
});

describe('the verifier', () => {
  it('is one file that runs on plain Node', async () => {
    const folder = projectPath('dist/verifier');
    expect(filesOf(folder)).toEqual(['verifier.js']);
    const { createChallengeBook }: typeof verifier = await import(
      /* @vite-ignore */ join(folder, 'verifier.js')
    );
    const challenges = createChallengeBook();
    const challenge = challenges.issue('session');
    expect(challenges.consume(challenge, 'session')).toBe('ok');
  });
});

describe('texts of the manifest', () => {
  it('exist in both languages', () => {
    const keys = (locale: string) =>
      Object.keys(JSON.parse(read(store, `_locales/${locale}/messages.json`).toString()));
    expect(keys('zh_CN')).toEqual(keys('en'));
    const named = [
      ...read(store, 'manifest.json')
        .toString()
        .matchAll(/__MSG_(\w+)__/g),
    ].map((match) => match[1]);
    expect(keys('en')).toEqual(expect.arrayContaining(named));
  });
});
