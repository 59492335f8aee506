import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it, test } from 'vitest';
import { memorySource, type ByteSource } from '../../../src/lib/byte-source.ts';
import { utf8 } from '../../../src/lib/bytes.ts';
import { OfdError } from '../../../src/ofd/ofd-error.ts';
import { readOfdSignatures, type OfdSignature } from '../../../src/ofd/read-ofd-signatures.ts';
import { hostileOfds } from '../../fixtures/hostile-ofds.ts';
import { buildZip } from '../../support/build-zip.ts';
import { flipBit, ofdFiles, replaceText, withFile } from '../../support/ofd-files.ts';
import { projectPath } from '../../support/project-paths.ts';

const sealed = new Uint8Array(await readFile(projectPath('../shared/data/v4signed.ofd')));
const files = ofdFiles(sealed);
const signaturePath = 'Doc_0/Signs/Sign_0/Signature.xml';
const protectedFiles = files.map(({ name }) => name).filter((name) => !name.includes('Signs/'));

const reading = { createHash: () => createHash('sm3') };
const read = (ofd: Uint8Array) => readOfdSignatures(memorySource(ofd), reading);

async function readOne(ofd: Uint8Array): Promise<OfdSignature> {
  const [signature] = (await read(ofd)).signatures;
  if (signature === undefined || 'refusal' in signature) throw new Error('no readable signature');
  return signature;
}

/** What is wrong with a package: why it is not read, or what a signature's references say. */
async function problemsOf(ofd: Uint8Array): Promise<string[]> {
  try {
    const { signatures } = await read(ofd);
    if (signatures.length === 0) return ['nothing signed'];
    return signatures.flatMap((signature) =>
      'refusal' in signature
        ? [signature.refusal]
        : [
            ...signature.references.map(({ verdict }) => verdict).filter((verdict) => verdict !== 'matches'),
            ...signature.uncovered.map((name) => `uncovered ${name}`),
          ],
    );
  } catch (error) {
    if (error instanceof OfdError) return [error.reason];
    throw error;
  }
}

/** The package with Signature.xml changed. */
const withSignature = (replaced: string, replacement: string) =>
  buildZip(withFile(files, signaturePath, (xml) => replaceText(xml, replaced, replacement)));

describe('a hostile or broken package', () => {
  test.each(hostileOfds.filter(({ refusal }) => refusal !== undefined))(
    'is refused by name: $kind',
    async (one) => {
      expect(await problemsOf(one.build(files))).toContain(one.refusal);
    },
  );

  test.each(hostileOfds.filter(({ refusal }) => refusal === undefined))(
    'does no harm: $kind',
    async (one) => {
      expect(await problemsOf(one.build(files))).toBeInstanceOf(Array);
    },
  );

  test.each(protectedFiles)('differs with one bit of %s altered', async (name) => {
    const altered = withFile(files, name, (content) => flipBit(content, content.length - 2));
    const outcome = await problemsOf(buildZip(altered));
    // A flipped bit of OFD.xml itself ends its last tag.
    expect(outcome).toEqual([name === 'OFD.xml' ? 'damaged' : 'differs']);
  });

  it('is refused at every cut', async () => {
    for (let length = 0; length < sealed.length; length += 97) {
      expect(await problemsOf(sealed.subarray(0, length)), `${length} bytes`).not.toEqual([]);
    }
  });

  it('that cannot be read to its end is refused', async () => {
    const source: ByteSource = { ...memorySource(sealed), size: sealed.length + 1000 };
    await expect(readOfdSignatures(source, reading)).rejects.toThrow(OfdError);
  });

  it('stops at once when nobody waits any more', async () => {
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    await expect(readOfdSignatures(memorySource(sealed), { ...reading, signal })).rejects.toBe(reason);
  });
});

describe('references', () => {
  it('to a file that is gone are missing', async () => {
    const { references } = await readOne(buildZip(files.filter(({ name }) => name !== 'Doc_0/Res/qr.png')));
    expect(references.find(({ fileRef }) => fileRef === '/Doc_0/Res/qr.png')?.verdict).toBe('missing');
  });

  it('by another digest than SM3 are not judged', async () => {
    const { references, checkMethod } = await readOne(
      withSignature(' CheckMethod="1.2.156.10197.1.401"', ''),
    );
    expect(checkMethod).toBe('MD5');
    expect(new Set(references.map(({ verdict }) => verdict))).toEqual(new Set(['unsupportedMethod']));
  });

  it('whose digest is none are malformed', async () => {
    const { references } = await readOne(withSignature('CfQL2nf2', '####'));
    expect(references.map(({ verdict }) => verdict)).toContain('malformed');
  });

  it('that lead out of the package are named', async () => {
    const { references } = await readOne(withSignature('FileRef="/OFD.xml"', 'FileRef="/../OFD.xml"'));
    expect(references.map(({ verdict }) => verdict)).toContain('unsafePath');
  });

  test.each([
    ['from the root', '/Doc_0/Res/qr.png'],
    ['from Signature.xml’s folder', '../../Res/qr.png'],
    ['from the root without its slash', 'Doc_0/Res/qr.png'],
  ])('are resolved %s', async (_, location) => {
    const { references, uncovered } = await readOne(withSignature('/Doc_0/Res/qr.png', location));
    expect(references.map(({ verdict }) => verdict)).toEqual(references.map(() => 'matches'));
    expect(uncovered).toEqual([]);
  });

  it('to a copy beside the signature leave the file itself unprotected', async () => {
    const copy = {
      name: 'Doc_0/Signs/Sign_0/Doc_0/Res/qr.png',
      content: files.find(({ name }) => name.endsWith('qr.png'))?.content ?? utf8(''),
    };
    const altered = [
      ...withFile(files, signaturePath, (xml) => replaceText(xml, '/Doc_0/Res/qr.png', 'Doc_0/Res/qr.png')),
      copy,
    ];
    expect((await readOne(buildZip(altered))).uncovered).toEqual(['Doc_0/Res/qr.png']);
  });
});

describe('a sealed package made by another implementation', () => {
  it('matches in every reference and leaves nothing unprotected', async () => {
    const { references, uncovered } = await readOne(sealed);
    expect(references).toHaveLength(13);
    expect(new Set(references.map(({ verdict }) => verdict))).toEqual(new Set(['matches']));
    expect(uncovered).toEqual([]);
  });

  it('tells who made the seal, when, and where it is drawn', async () => {
    expect(await readOne(sealed)).toMatchObject({
      id: '1',
      type: 'seal',
      path: signaturePath,
      provider: { name: 'gomain_eseal', version: '2.0', company: 'BW' },
      signatureMethod: '1.2.156.10197.1.501',
      signatureDateTime: '20201010151120',
      pages: [1],
      stamps: [{ pageRef: '1', boundary: { x: 90, y: 8, width: 30, height: 20 } }],
    });
  });

  it('reads the same with entries stored, another prefix for the list, and a comment', async () => {
    const rewritten = withFile(files, 'Doc_0/Signs/Signatures.xml', (xml) =>
      utf8(Buffer.from(xml).toString('utf8').replaceAll('ofd:', 'x:').replace('xmlns:ofd', 'xmlns:x')),
    ).map((file) => ({ ...file, stored: true }));
    expect(await readOne(buildZip(rewritten, { comment: utf8('made elsewhere') }))).toEqual(
      await readOne(sealed),
    );
  });

  it('inflates every file once, however many signatures cover it', async () => {
    let hashes = 0;
    const counted = { createHash: () => ((hashes += 1), createHash('sm3')) };
    const again =
      '<ofd:Reference FileRef="/OFD.xml"><ofd:CheckValue>RTXrKdNJFPMx7EkkYziOxG7bDpChC1RIkhacgIABd00=</ofd:CheckValue></ofd:Reference>';
    const ofd = withSignature('</ofd:References>', `${again.repeat(50)}</ofd:References>`);
    await readOfdSignatures(memorySource(ofd), counted);
    expect(hashes).toBe(13);
  });
});
