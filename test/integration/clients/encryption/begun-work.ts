import { open } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { createTemporaryFolder } from '../../../support/temporary-folder.ts';
import { driveClient, type Asked, type DrivenClient } from './driven-client.ts';
import type { Bidder } from './encryption-world.ts';
import { createLargeFile } from './large-file.ts';
import { encryptParams, phoneOpens } from './scenes.ts';

/** A temporary folder that goes with the test. */
export async function homeOfTest(): Promise<string> {
  const folder = await createTemporaryFolder('ca-bridge-trouble-');
  onTestFinished(() => folder.remove());
  return folder.path;
}

export type Work = 'encrypt' | 'enveloped' | 'open' | 'rehearse';
export const works: readonly Work[] = ['encrypt', 'enveloped', 'open', 'rehearse'];

export interface Begun {
  readonly client: DrivenClient;
  readonly asked: Asked;
  /** The file that is worked on. */
  readonly file: string;
}

/** A client that has just begun to work on a file of `mebibytes`. */
export async function begin(bidder: Bidder, work: Work, home: string, mebibytes = 48): Promise<Begun> {
  const client = await driveClient({ home });
  const plain = await createLargeFile(mebibytes);
  const sent = await client.sendFile('bid.zip', plain.path, plain.size);
  if (work === 'encrypt' || work === 'enveloped') {
    const format = work === 'encrypt' ? 'bid' : 'enveloped';
    const asked = client.ask('encrypt', encryptParams(sent, bidder, { format }));
    await asked.until(1);
    return { client, asked, file: sent };
  }
  const { file } = await client.call('encrypt', encryptParams(sent, bidder));
  await client.call('file.drop', { file: sent });
  const params = await phoneOpens(client, bidder, file);
  const asked = client.ask('opening.open', { ...params, write: work === 'open' });
  await asked.until(1);
  return { client, asked, file };
}

/** Whatever `change` does happens while no thread of the client moves. */
export async function whileFrozen(client: DrivenClient, change: () => Promise<unknown>): Promise<void> {
  const { pid } = client.process;
  if (pid === undefined) throw new Error('no process');
  process.kill(pid, 'SIGSTOP');
  try {
    await pause(20);
    await change();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

/** Gives the byte at `position` another bit. */
export async function overwrite(path: string, position: number): Promise<void> {
  const handle = await open(path, 'r+');
  const bytes = Buffer.alloc(1);
  await handle.read(bytes, 0, 1, position);
  bytes.writeUInt8(bytes.readUInt8() ^ 1);
  await handle.write(bytes, 0, 1, position);
  await handle.close();
}

/** The answer that refuses with a code. */
export const refused = (code: string) => ({ error: { data: { code } } });
