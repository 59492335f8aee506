import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import type { CommandContext } from '../../../../src/clients/command-line/command.ts';
import { runCommandLine } from '../../../../src/clients/command-line/run-command-line.ts';
import { verifyCommand } from '../../../../src/clients/command-line/verify-command.ts';
import { createSignedData } from '../../../../src/gm/signed-data-builder.ts';
import { utf8 } from '../../../../src/lib/bytes.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../../support/temporary-folder.ts';
import { issueSubscriber, moment, replaceBytes, toPem } from '../../gm/test-pki.ts';
import { sealIssuer, sealRoot } from '../../gm/test-seals.ts';
import { revocationList } from '../../signatures/trusted-world.ts';

const content = utf8('投标函 A');
// The command takes the time from the clock.
const day = 86_400_000;
const now = new Date();
const validity = {
  notBefore: new Date(moment.getTime() - day),
  notAfter: new Date(now.getTime() + 900 * day),
};
const signer = issueSubscriber(sealIssuer, 'signing', validity);
const sign = (form: 'attached' | 'detached') =>
  createSignedData({ content, form, signer, signedAttributes: { signingTime: moment } });
const inForce = { thisUpdate: new Date(now.getTime() - day), nextUpdate: new Date(now.getTime() + day) };

let folder: TemporaryFolder;
const file = (name: string) => join(folder.path, name);

beforeAll(async () => {
  folder = await createTemporaryFolder();
  const files: Record<string, Uint8Array | string> = {
    'attached.p7': sign('attached'),
    'altered.p7': replaceBytes(sign('attached'), content, utf8('投标函 B')),
    'detached.p7': sign('detached'),
    'content.txt': content,
    'other.txt': utf8('投标函 B'),
    'empty.txt': '',
    'root.pem': toPem('CERTIFICATE', sealRoot.certificate),
    'issuer.der': sealIssuer.certificate,
    'root.crl': revocationList(sealRoot, [], inForce),
    'issuer.pem': toPem('X509 CRL', revocationList(sealIssuer, [], inForce)),
  };
  for (const [name, bytes] of Object.entries(files)) await writeFile(file(name), bytes);
  await mkdir(file('folder'));
});
afterAll(() => rm(folder.path, { recursive: true, force: true }));

async function run(...args: readonly string[]) {
  let out = '';
  let error = '';
  const context: CommandContext = {
    env: {},
    platform: 'linux',
    language: 'zh-CN',
    programFolder: folder.path,
    node: process.execPath,
    terminal: { showsErrors: false },
    write: (text) => (out += text),
    writeError: (text) => (error += text),
  };
  const code = await runCommandLine({ verify: verifyCommand }, ['verify', ...args], context);
  return { code, out, error };
}

const trust = () => ['--anchors', file('root.pem'), '--intermediates', file('issuer.der'), '--offline'];
const lists = () => ['--crl', file('root.crl'), '--crl', file('issuer.pem')];

describe('wrong usage ends with 64 and shows the usage', () => {
  test.each<[string, () => string[]]>([
    ['no file', () => []],
    ['two files', () => [file('attached.p7'), file('content.txt')]],
    ['an unknown option', () => [file('attached.p7'), '--trust-all']],
    ['an unknown language', () => [file('attached.p7'), '--lang', 'fr']],
    ['a file that is not there', () => [file('none.pdf')]],
    ['a folder', () => [file('folder')]],
    ['an anchor that is not there', () => [file('attached.p7'), '--anchors', file('none.pem')]],
    ['an anchor that is no certificate', () => [file('attached.p7'), '--anchors', file('content.txt')]],
    ['a content that is not there', () => [file('detached.p7'), '--content', file('none.txt')]],
  ])('%s', async (_, args) => {
    const { code, out, error } = await run(...args());
    expect(code).toBe(64);
    expect(out).toBe('');
    expect(error).toContain('用法：ca-bridge verify');
  });
});

describe('the exit code tells the verdict', () => {
  it('2 for an altered content', async () => {
    const { code, out } = await run(file('altered.p7'), ...trust(), ...lists());
    expect(code).toBe(2);
    expect(out).toContain('内容被改动');
  });

  it('2 for a detached message over another content', async () => {
    expect((await run(file('detached.p7'), '--content', file('other.txt'), ...trust())).code).toBe(2);
  });

  it('3 without anchors, and for a file of no known kind', async () => {
    expect((await run(file('attached.p7'), '--offline')).code).toBe(3);
    expect((await run(file('empty.txt'), ...trust())).code).toBe(3);
  });

  it('1 where revocation is not known', async () => {
    const { code, out } = await run(file('attached.p7'), ...trust());
    expect(code).toBe(1);
    expect(out).toContain('吊销情况未知');
  });

  it('0 for a sound message, attached or detached', async () => {
    expect((await run(file('attached.p7'), ...trust(), ...lists())).code).toBe(0);
    const detached = await run(file('detached.p7'), '--content', file('content.txt'), ...trust(), ...lists());
    expect(detached).toMatchObject({ code: 0, error: '' });
    expect(detached.out).toContain('签名消息：有效');
  });
});

it('prints JSON where asked, and English', async () => {
  const { out } = await run(file('attached.p7'), ...trust(), ...lists(), '--json');
  expect(JSON.parse(out)).toMatchObject({ kind: 'message', verdict: 'valid' });
  expect((await run(file('attached.p7'), ...trust(), '--lang', 'en')).out).toMatch(/^Signed message: valid/);
});

it('asks no address when it is offline', async () => {
  const fetching = vi.spyOn(globalThis, 'fetch');
  const point = { ...validity, crlDistributionPoints: ['http://127.0.0.1:9/list.crl'] };
  const message = createSignedData({
    content,
    form: 'attached',
    signer: issueSubscriber(sealIssuer, 'signing', point),
    signedAttributes: { signingTime: moment },
  });
  await writeFile(file('point.p7'), message);
  await run(file('point.p7'), ...trust());
  expect(fetching).not.toHaveBeenCalled();
  fetching.mockRestore();
});
