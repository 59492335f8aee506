import { mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { registerClients } from '../../../../src/clients/installer/register-in-profile.ts';

let root: string;
let profileFolder: string;
let clientsFolder: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ca-bridge-register-'));
  profileFolder = join(root, 'profile');
  clientsFolder = join(root, 'clients');
  await mkdir(clientsFolder);
});
afterEach(() => rm(root, { recursive: true }));

const hostsFolder = () => join(profileFolder, 'NativeMessagingHosts');
const register = () => registerClients({ profileFolder, clientsFolder, nodePath: process.execPath });

describe('registering', () => {
  it('writes a manifest and an executable launcher for each client', async () => {
    await register();
    expect((await readdir(hostsFolder())).toSorted()).toEqual([
      'ca-bridge-encryption.sh',
      'ca-bridge-signature.sh',
      'cn.ca_bridge.encryption.json',
      'cn.ca_bridge.signature.json',
    ]);
    expect((await stat(join(hostsFolder(), 'ca-bridge-signature.sh'))).mode & 0o777).toBe(0o755);
  });

  it('names each launcher by its absolute path', async () => {
    await register();
    const manifest: { path: string } = JSON.parse(
      await readFile(join(hostsFolder(), 'cn.ca_bridge.encryption.json'), 'utf8'),
    );
    expect(manifest.path).toBe(join(hostsFolder(), 'ca-bridge-encryption.sh'));
  });

  it('twice is as good as once', async () => {
    await register();
    const once = await readFile(join(hostsFolder(), 'cn.ca_bridge.signature.json'), 'utf8');
    await register();
    expect(await readFile(join(hostsFolder(), 'cn.ca_bridge.signature.json'), 'utf8')).toBe(once);
  });

  it('that fails half-way leaves nothing', async () => {
    await mkdir(join(hostsFolder(), 'cn.ca_bridge.encryption.json'), { recursive: true });
    await expect(register()).rejects.toThrow('EISDIR');
    expect(await readdir(hostsFolder())).toEqual(['cn.ca_bridge.encryption.json']);
  });
});

describe('unregistering', () => {
  it('removes all that registering made', async () => {
    await mkdir(profileFolder);
    await (await register()).unregister();
    expect(await readdir(profileFolder)).toEqual([]);
  });

  it('leaves what others registered', async () => {
    await mkdir(hostsFolder(), { recursive: true });
    await writeFile(join(hostsFolder(), 'org.example.json'), '{}');
    await (await register()).unregister();
    expect(await readdir(hostsFolder())).toEqual(['org.example.json']);
  });

  it('leaves what others registered meanwhile', async () => {
    const registration = await register();
    await writeFile(join(hostsFolder(), 'org.example.json'), '{}');
    await registration.unregister();
    expect(await readdir(hostsFolder())).toEqual(['org.example.json']);
  });

  it('leaves an empty folder that was there before', async () => {
    await mkdir(hostsFolder(), { recursive: true });
    await (await register()).unregister();
    expect(await readdir(profileFolder)).toEqual(['NativeMessagingHosts']);
  });

  it('may be done twice', async () => {
    const registration = await register();
    await registration.unregister();
    await expect(registration.unregister()).resolves.toBeUndefined();
  });

  it('does not mind that the profile is gone', async () => {
    const registration = await register();
    await rm(profileFolder, { recursive: true });
    await expect(registration.unregister()).resolves.toBeUndefined();
  });
});

test.each([
  'with space',
  '中文 文件夹',
  `quote ' and "`,
  '$(touch x) `touch y`',
  '-dash',
  'back\\slash',
  'line\nbreak',
])('a launcher in a folder named %j starts its client with all arguments', async (name) => {
  profileFolder = join(root, name, 'profile');
  clientsFolder = join(root, name, 'clients');
  await mkdir(clientsFolder, { recursive: true });
  const node = join(root, name, 'node');
  await symlink(process.execPath, node);
  const report = 'process.stdout.write(JSON.stringify([__filename, ...process.argv.slice(2)]))';
  await writeFile(join(clientsFolder, 'signature-client.cjs'), report);
  await registerClients({ profileFolder, clientsFolder, nodePath: node });
  const launcher = join(profileFolder, 'NativeMessagingHosts', 'ca-bridge-signature.sh');
  const output = execFileSync(launcher, ['chrome-extension://x/', 'a b'], { cwd: root, encoding: 'utf8' });
  expect(JSON.parse(output)).toEqual([
    join(clientsFolder, 'signature-client.cjs'),
    'chrome-extension://x/',
    'a b',
  ]);
  expect((await readdir(root)).toSorted()).toEqual([name, 'clients'].toSorted());
});
