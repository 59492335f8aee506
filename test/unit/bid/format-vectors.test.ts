import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { openEnvelope, parseEnvelope, sealEnvelope } from '../../../src/gm/enveloped-data.ts';
import { toHex } from '../../../src/lib/bytes.ts';
import { cutBid, openBid, sealBid } from '../../support/bid-reference.ts';
import { certificatePem, sm2KeyPem } from '../../support/cms-judges.ts';
import { ensureOpenssl } from '../../support/openssl.ts';
import { runCommand, tryCommand } from '../../support/run-command.ts';
import { createTemporaryFolder } from '../../support/temporary-folder.ts';
import { openEnvelopeWith } from '../../support/reference-envelope.ts';
import {
  bidVectors,
  openByHand,
  vectorFiles,
  vectorPlaintext,
  vectorResult,
} from '../../vectors/bid-vectors.ts';
import { scriptRandom } from '../gm/scripted-random.ts';
import { assembleBid, disassembleBid } from './assemble-bid.ts';

vi.setConfig({ testTimeout: 60_000 });
afterEach(() => {
  vi.restoreAllMocks();
});

const { privateKey, certificate, envelope, contentKey } = bidVectors;
const sm3Hex = (bytes: Uint8Array) => createHash('sm3').update(bytes).digest('hex');
const inputsOf = (file: (typeof vectorFiles)[number]) => ({
  ...bidVectors,
  plain: vectorPlaintext(file),
  name: vectorResult(file, 'name'),
  recipients: [{ certificate, envelope }],
});

/** Everything that is published of a file, as found in one. */
function resultsOf(file: Uint8Array, plain: Uint8Array): Record<string, string> {
  const { header, headerDigest, chunks, trailer } = cutBid(file);
  return {
    plainSize: String(plain.length),
    'SM3 of the plaintext': sm3Hex(plain),
    L: String(header.length),
    headerDigest: toHex(headerDigest),
    'SM3 of all ciphertext_i together': sm3Hex(Buffer.concat(chunks.map(({ ciphertext }) => ciphertext))),
    ...Object.fromEntries(chunks.map(({ index, mac }) => [`mac_${index}`, toHex(mac)])),
    'SM3 of the trailer’s ciphertext': sm3Hex(trailer.ciphertext),
    [`mac_${trailer.index} (trailer)`]: toHex(trailer.mac),
    'bytes of the whole file': String(file.length),
    'SM3 of the whole file': sm3Hex(file),
  };
}

describe.each(vectorFiles)('the published file “%s”', (title) => {
  const given = inputsOf(title);

  test.each([
    ['the reference', sealBid],
    ['src/bid', assembleBid],
  ])('comes out of its inputs by %s', (_, seal) => {
    const results = resultsOf(seal(given), given.plain);
    const published = Object.keys(results).map((label) => [label, vectorResult(title, label)]);
    expect(results).toEqual(Object.fromEntries(published));
  });

  test.each([
    ['the reference', openBid],
    ['src/bid', disassembleBid],
  ])('opens by its content key, by %s', async (_, open) => {
    const { name, encryptedAt, plain } = await open(sealBid(given), contentKey);
    expect({ name, encryptedAt }).toEqual({ name: given.name, encryptedAt: given.encryptedAt });
    expect(Buffer.from(plain).equals(given.plain)).toBe(true);
  });
});

describe('the published envelope', () => {
  it('comes out bit for bit when the generator gives the published values', () => {
    scriptRandom(...bidVectors.randomValues);
    expect(toHex(sealEnvelope({ content: contentKey, recipients: [certificate] }))).toBe(toHex(envelope));
  });

  it('opens to the content key by the published private key, for two implementations', () => {
    expect(openEnvelope(parseEnvelope(envelope), { certificate, privateKey })).toEqual(contentKey);
    expect(toHex(openEnvelopeWith(privateKey, envelope))).toBe(toHex(contentKey));
  });
});

// bash is not to be had everywhere on Windows; the commands are the same there.
describe.skipIf(process.platform === 'win32')('the commands of “Opening one by hand”', () => {
  async function run(file: Uint8Array) {
    const folder = await createTemporaryFolder('ca-bridge-by-hand-');
    const path = (name: string) => join(folder.path, name);
    try {
      await writeFile(path('open.sh'), openByHand);
      await writeFile(path('bid'), file);
      await writeFile(path('certificate'), certificatePem(certificate));
      await writeFile(path('key'), sm2KeyPem(privateKey));
      const openssl = await ensureOpenssl();
      const args = ['open.sh', 'bid', 'certificate', 'key', 'plain'];
      const env = { PATH: `${join(openssl, '..')}:${process.env['PATH'] ?? ''}` };
      const { code, stdout, stderr } = await tryCommand('bash', args, { cwd: folder.path, env });
      const plain = await readFile(path('plain')).catch(() => undefined);
      return { code, said: Buffer.from(stdout).toString('utf8'), stderr, plain };
    } finally {
      await folder.remove();
    }
  }

  test.each(vectorFiles)('open the published file “%s” without any of our code', async (title) => {
    const given = inputsOf(title);
    const { code, said, plain, stderr } = await run(sealBid(given));
    expect({ code, said, stderr }).toEqual({ code: 0, said: `${given.name}\n`, stderr: '' });
    expect(plain?.equals(given.plain)).toBe(true);
  });

  it('refuse a file with one bit altered, and give out nothing', async () => {
    const file = sealBid(inputsOf('Three chunks'));
    const altered = file.map((byte, index) => (index === file.length - 2_000 ? byte ^ 1 : byte));
    const { code, plain, stderr } = await run(altered);
    expect({ code, plain, stderr }).toEqual({ code: 1, plain: undefined, stderr: 'mac of part 2\n' });
  });
});

it('the ciphertext of all chunks is what `openssl enc -sm4-ctr` makes of the plaintext', async () => {
  const given = inputsOf('Three chunks');
  const key = toHex(contentKey.subarray(0, 16));
  const iv = `${toHex(given.nonce)}0000000000000000`;
  const options = { input: given.plain };
  const theirs = await runCommand(await ensureOpenssl(), ['enc', '-sm4-ctr', '-K', key, '-iv', iv], options);
  expect(sm3Hex(theirs)).toBe(vectorResult('Three chunks', 'SM3 of all ciphertext_i together'));
});
