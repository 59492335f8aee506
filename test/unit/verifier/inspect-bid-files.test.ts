import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bidGeometry } from '../../../src/bid/bid-geometry.ts';
import type { ByteSource } from '../../../src/lib/byte-source.ts';
import { inspectBid } from '../../../src/verifier/verifier.ts';
import { issueRoot, issueSubscriber, moment } from '../gm/test-pki.ts';
import { chunkSize, sampleBid, sampleHeader } from './sample-bid.ts';

const { certificate } = issueSubscriber(issueRoot(), 'encryption');
const now = moment;

describe('a file on disk', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inspect-bid-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is judged by its path', async () => {
    const path = join(folder, 'bid.cabid');
    const { bytes, sm3 } = sampleBid([certificate]);
    await writeFile(path, bytes);
    expect(await inspectBid({ file: path, expectedSm3: sm3, now })).toMatchObject({ ok: true, sm3 });
  });

  it('that is not there is the system’s error, and no verdict', async () => {
    await expect(inspectBid({ file: join(folder, 'missing') })).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('of more than 4 GiB that lacks its last byte is seen by its header alone', async () => {
    const plainSize = 2 ** 32 + 1;
    const header = sampleHeader([certificate], plainSize);
    const { length } = bidGeometry({ headerLength: header.length - 32, chunkSize, plainSize });
    const path = join(folder, 'large.cabid');
    const file = await open(path, 'w');
    await file.write(header);
    await file.truncate(length - 1);
    await file.close();
    expect(await inspectBid({ file: path, now })).toMatchObject({ code: 'BID_LENGTH_WRONG' });
  });
});

describe('a large file', () => {
  const plainSize = 40 * 2 ** 20;
  const header = sampleHeader([certificate], plainSize);
  const { length } = bidGeometry({ headerLength: header.length - 32, chunkSize, plainSize });

  /** Counts what it is asked for; zeros behind the header. */
  function countingSource(size = length): ByteSource & { readonly asked: number[] } {
    const asked: number[] = [];
    return {
      size,
      asked,
      async read(offset, wanted) {
        const bytes = new Uint8Array(Math.max(0, Math.min(wanted, length - offset)));
        bytes.set(header.subarray(offset, offset + bytes.length));
        asked.push(bytes.length);
        return bytes;
      },
    };
  }

  it('is read once, and never more than 1 MiB of it at once', async () => {
    const source = countingSource();
    expect(await inspectBid({ file: source, now })).toMatchObject({ ok: true, plainSize });
    expect(Math.max(...source.asked)).toBe(2 ** 20);
    expect(source.asked.reduce((sum, count) => sum + count, 0)).toBeLessThan(length + 2 ** 17);
  });

  it('is let go when nobody waits for the answer any more', async () => {
    const source = countingSource();
    const stop = new AbortController();
    const stopping: ByteSource = {
      size: source.size,
      read(offset, wanted) {
        if (offset >= 2 ** 20) stop.abort(new Error('closed'));
        return source.read(offset, wanted);
      },
    };
    await expect(inspectBid({ file: stopping, now, signal: stop.signal })).rejects.toThrow('closed');
    expect(source.asked.length).toBeLessThan(6);
  });

  it('that ends while it is read gets no verdict', async () => {
    const source = countingSource();
    const cut: ByteSource = {
      size: length,
      read: (offset, wanted) => source.read(offset, offset + wanted > 2 ** 24 ? 0 : wanted),
    };
    await expect(inspectBid({ file: cut, now })).rejects.toThrow(RangeError);
  });
});
