import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { recipientsOf } from '../../../support/bid-reference.ts';
import { openEnvelopeWith } from '../../../support/reference-envelope.ts';
import { createTemporaryFolder } from '../../../support/temporary-folder.ts';
import { driveClient } from './driven-client.ts';
import { createEncryptionWorld } from './encryption-world.ts';
import { createLargeFile } from './large-file.ts';
import { encrypted, encryptParams, phoneOpens } from './scenes.ts';

it('no key is in any file of the client, and its log knows nothing of the user, whatever became of it', async () => {
  const world = await createEncryptionWorld();
  onTestFinished(world.close);
  const bidder = world.bidder();
  const home = await createTemporaryFolder('ca-bridge-secrets-');
  onTestFinished(() => home.remove());
  const environment = { XDG_STATE_HOME: join(home.path, 'state') };
  const client = await driveClient({ home: home.path, environment });

  const name = '张三-440801199001011234.zip';
  const { bytes, file, cipher } = await encrypted(client, bidder, randomBytes(1_000), { name });
  const contentKey = openEnvelopeWith(bidder.privateKey, recipientsOf(bytes)[0]?.envelope ?? Buffer.alloc(0));
  const params = await phoneOpens(client, bidder, file);
  await client.call('opening.open', { ...params, write: true });
  const damaged = Buffer.from(bytes);
  damaged.writeUInt8(damaged.readUInt8(bytes.length - 1_100) ^ 1, bytes.length - 1_100);
  const sent = await client.send(name, damaged);
  expect(await client.refusal('opening.open', { ...params, file: sent, write: true })).toBe('BID_DAMAGED');
  expect(await client.refusal('opening.open', { ...params, key: 'MAA=', write: true })).toBe(
    'BID_KEY_NOT_OPENED',
  );

  const large = await createLargeFile(48);
  const whole = await client.sendFile(name, large.path, large.size);
  const { file: encryptedFile } = await client.call('encrypt', encryptParams(whole, bidder));
  const asked = client.ask('opening.open', {
    ...(await phoneOpens(client, bidder, encryptedFile)),
    write: true,
  });
  await asked.until(16 * 2 ** 20);
  client.process.kill('SIGKILL');
  await client.process.ended;

  const left = await filesUnder(home.path);
  expect(left.some((path) => path.endsWith('.progress'))).toBe(true);
  for (const path of left) {
    const content = await readFile(path);
    expect([
      path,
      content.includes(contentKey.subarray(0, 16)),
      content.includes(contentKey.subarray(16)),
    ]).toEqual([path, false, false]);
  }
  const log = await readFile(join(home.path, 'state', 'ca-bridge', 'encryption-client.log'), 'utf8');
  expect(log).toContain('BID_DAMAGED');
  const secrets = [
    '张三',
    '440801199001011234',
    cipher.sm3,
    large.sm3,
    file,
    params.opening,
    params.key,
    home.path,
  ];
  expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
});

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
