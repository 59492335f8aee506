import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it, test } from 'vitest';
import { createHostManifest, hostManifestFileName } from '../../../../src/clients/installer/host-manifest.ts';
import { clientKinds } from '../../../../src/protocol/native-messages.ts';
import { projectPath } from '../../../support/project-paths.ts';

/** Chromium's id of an extension: the first half of SHA-256 of the manifest's key, each digit as a letter a to p. */
function idOfKey(key: string): string {
  const digest = createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32);
  return digest.replaceAll(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));
}

it('lets in the extension whose key the manifest has, and no other', () => {
  const { key }: { key: string } = JSON.parse(readFileSync(projectPath('manifest.json'), 'utf8'));
  const { allowed_origins } = createHostManifest('signature', '/opt/ca-bridge/signature');
  expect(allowed_origins).toEqual([`chrome-extension://${idOfKey(key)}/`]);
});

test.each(clientKinds)('%s: the name fits the rules of browsers and the file name', (kind) => {
  const { name } = createHostManifest(kind, '/opt/client');
  expect(name).toMatch(/^\w+(?:\.\w+)*$/);
  expect(name).toBe(name.toLowerCase());
  expect(hostManifestFileName(kind)).toBe(`${name}.json`);
});

it('names the launcher and the way to talk to it', () => {
  expect(createHostManifest('encryption', '/opt/加密 client')).toMatchObject({
    path: '/opt/加密 client',
    type: 'stdio',
  });
});
