/// <reference types="vitest/config" />
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import { preact } from '@preact/preset-vite';
import { readdir, readFile } from 'node:fs/promises';
import { build as buildScript, defineConfig, type Plugin, type UserConfig } from 'vite';
import manifest from './manifest.json' with { type: 'json' };
import configuration from './src/extension/configuration.json' with { type: 'json' };
import { assembly } from './src/kernel/build/assembly.ts';
import { threadPrograms } from './src/kernel/build/thread-programs.ts';
import { sandboxOrigins } from './src/sandbox/origins.ts';

/** Adds the sandbox's loopback origins, and nothing else, to what the store build ships. */
const qa = {
  manifest: {
    ...manifest,
    content_scripts: manifest.content_scripts.map((script) => ({
      ...script,
      matches: [...script.matches, `${sandboxOrigins.site}/*`],
    })),
    content_security_policy: {
      extension_pages: manifest.content_security_policy.extension_pages.replace(
        "connect-src 'self' https:",
        `connect-src 'self' https: ${sandboxOrigins.frontServer}`,
      ),
    },
  },
  configuration: {
    ...configuration,
    sites: [...configuration.sites, sandboxOrigins.site],
    frontServers: sandboxOrigins.frontServers,
  },
};

/**
 * Folders of pdfjs-dist that it reads at run time, by name: the encodings of Chinese fonts, the fonts that every PDF
 * may take for granted, and its decoders of rarer pictures.
 */
function pdfjsFiles(): Plugin {
  return {
    name: 'pdfjs-files',
    async generateBundle() {
      for (const folder of ['cmaps', 'standard_fonts', 'wasm']) {
        const path = `node_modules/pdfjs-dist/${folder}`;
        for (const name of await readdir(path)) {
          // The extension's policy lets no WebAssembly run; pdfjs then takes the decoders in JavaScript.
          if (name.endsWith('.wasm')) continue;
          const source = await readFile(`${path}/${name}`);
          this.emitFile({ type: 'asset', fileName: `pdfjs/${folder}/${name}`, source });
        }
      }
    },
  };
}

/** Files that the background reads by name: the configuration, and the icons that the manifest does not list. */
function filesByName(configurationContent: object): Plugin {
  return {
    name: 'files-by-name',
    async generateBundle() {
      const source = `${JSON.stringify(configurationContent, null, 2)}\n`;
      this.emitFile({ type: 'asset', fileName: 'configuration.json', source });
      for (const fileName of ['icons/icon-waiting-16.png', 'icons/icon-waiting-32.png']) {
        this.emitFile({ type: 'asset', fileName, source: await readFile(fileName) });
      }
    },
  };
}

/**
 * Scripts that the background puts into pages by name, on the sites where the local-service bridge is turned on: each is
 * one file with all that it imports, and in no manifest.
 */
function pageScripts(): Plugin {
  const entries = {
    'page/local-service-page.js': 'src/extension/page/local-service-page.iife.ts',
    'page/local-service-relay.js': 'src/extension/page/relay/local-service-relay.iife.ts',
  };
  return {
    name: 'page-scripts',
    async generateBundle() {
      for (const [fileName, entry] of Object.entries(entries)) {
        const result = await buildScript({
          configFile: false,
          logLevel: 'warn',
          publicDir: false,
          build: {
            write: false,
            target: 'chrome120',
            rolldownOptions: { output: { minify: true } },
            lib: { entry, formats: ['iife'], name: 'script' },
          },
        });
        const [built] = Array.isArray(result) ? result : [];
        if (built?.output.length !== 1) throw new Error(`${entry} is no single script`);
        this.emitFile({ type: 'asset', fileName, source: built.output[0].code });
      }
    },
  };
}

function extension(outDir: string, source: { manifest: object; configuration: object }): UserConfig {
  return {
    publicDir: 'src/extension/public',
    plugins: [
      preact(),
      crx({ manifest: source.manifest as ManifestV3Export }),
      filesByName(source.configuration),
      pageScripts(),
      pdfjsFiles(),
    ],
    build: {
      outDir,
      target: 'chrome120',
      modulePreload: false,
      rolldownOptions: {
        input: {
          prompt: 'src/extension/prompt/prompt.html',
          verification: 'src/extension/verification/verification.html',
          'self-test': 'src/extension/self-test/self-test.html',
          directory: 'src/extension/directory/directory.html',
        },
      },
    },
  };
}

const library = (
  outDir: string,
  entry: Record<string, string>,
  formats: ('es' | 'cjs' | 'iife')[],
): UserConfig => ({
  publicDir: false,
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: { output: { minify: true } },
    lib: {
      entry,
      formats,
      name: 'CaBridge',
      fileName: (format, name) => `${name}.${{ es: 'js', cjs: 'cjs', iife: 'iife.js' }[format as 'es']}`,
    },
  },
});

const modes: Record<string, () => UserConfig> = {
  store: () => extension('dist/store', { manifest, configuration }),
  qa: () => extension('dist/qa', qa),
  sdk: () => ({
    ...library('dist/sdk', { 'ca-bridge': 'src/sdk/ca-bridge.ts' }, ['es']),
    publicDir: 'src/sdk/public',
  }),
  'sdk-classic': () => {
    const config = library('dist/sdk', { 'ca-bridge': 'src/sdk/ca-bridge.ts' }, ['iife']);
    return { ...config, build: { ...config.build, emptyOutDir: false } };
  },
  verifier: () => {
    const config = library('dist/verifier', { verifier: 'src/verifier/verifier.ts' }, ['es']);
    return { ...config, ssr: { noExternal: true }, build: { ...config.build, ssr: true, target: 'node20' } };
  },
  // One build a program: a build of all would put what they share into further files.
  clients: () => {
    const program = (input: string, isFirst = false) => ({
      consumer: 'server' as const,
      resolve: { noExternal: true as const },
      build: {
        outDir: 'dist/clients',
        emptyOutDir: isFirst,
        target: 'node20',
        minify: false,
        rolldownOptions: {
          input,
          output: { format: 'cjs' as const, entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    });
    const environments = {
      signature: program('src/clients/signature/signature-client.ts', true),
      encryption: program('src/clients/encryption/encryption-client.ts'),
      commandLine: program('src/clients/command-line/ca-bridge.ts'),
    };
    return {
      publicDir: false,
      plugins: [assembly(), threadPrograms()],
      environments,
      builder: {
        async buildApp({ build, environments: built }) {
          for (const environment of Object.keys(environments)) {
            if (built[environment] !== undefined) await build(built[environment]);
          }
        },
      },
    };
  },
  test: () => ({ plugins: [assembly(), threadPrograms()] }),
  sandbox: () => ({
    root: 'src/sandbox',
    publicDir: false,
    plugins: [preact()],
    build: {
      outDir: '../../dist/sandbox',
      emptyOutDir: true,
      target: 'es2022',
      rolldownOptions: {
        input: {
          login: 'src/sandbox/trading-site/login.html',
          shell: 'src/sandbox/trading-site/shell.html',
          'site-driver': 'src/sandbox/trading-site/site-driver.html',
          'legacy-login': 'src/sandbox/trading-site/legacy-login.html',
          'legacy-sign': 'src/sandbox/trading-site/legacy-sign.html',
          'legacy-decrypt': 'src/sandbox/trading-site/legacy-decrypt.html',
          'legacy-frame': 'src/sandbox/trading-site/legacy-frame.html',
          phone: 'src/sandbox/phone/phone.html',
        },
      },
    },
  }),
};

/** One configuration for every target, chosen by `--mode`; vitest runs in mode `test`. */
export default defineConfig(({ mode }) => ({
  ...modes[mode]?.(),
  test: {
    reporters: ['default'],
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/{unit,architecture,contract}/**/*.test.{ts,tsx}'] },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          globalSetup: 'test/support/build-once.ts',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          globalSetup: 'test/support/build-once.ts',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
}));
