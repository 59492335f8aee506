/**
 * A program of its own: seals a PDF as one does with @cantoo/pdf-lib, by an incremental update with a field, its
 * picture and a detached SM2 message. Arguments: input, output, seal picture (PNG), certificate (DER), private key.
 * Prints one line of JSON, a `SealerReport`.
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { argv } from 'node:process';
import { PDFArray, PDFDocument, PDFHexString, PDFName, PDFString, type PDFDict } from '@cantoo/pdf-lib';
import { assembleSignedData, createToBeSignedAttributes } from '../../src/gm/signed-data-builder.ts';
import { signSm2 } from '../../src/gm/sm2.ts';
import { residentMebibytes } from './process-memory.ts';

export interface SealerReport {
  readonly milliseconds: number;
  /** MiB; nothing where the system does not tell. */
  readonly peak?: number;
}

const [input = '', output = '', picture = '', certificateFile = '', keyFile = ''] = argv.slice(2);
const contentsBytes = 4_096;
/** Wide enough for any offset; spaces after a number mean nothing. */
const unknownOffset = 9_999_999_999;
const rangeText = /\/ByteRange \[ 0 9999999999 9999999999 9999999999 \]/;

const [png, certificate, privateKey] = await Promise.all(
  [picture, certificateFile, keyFile].map(async (file) => new Uint8Array(await readFile(file))),
);
if (png === undefined || certificate === undefined || privateKey === undefined) throw new Error('arguments');

const begun = performance.now();
await writeFile(output, await seal(await readFile(input)));
const milliseconds = performance.now() - begun;
const peak = await residentMebibytes('self', 'VmHWM');
const report: SealerReport = { milliseconds, ...(peak === undefined ? {} : { peak }) };
console.log(JSON.stringify(report));

async function seal(original: Uint8Array): Promise<Uint8Array> {
  const document = await PDFDocument.load(original, { forIncrementalUpdate: true });
  await addField(document);
  const committed = await document.commit({ useObjectStreams: false });
  return sign(committed, original.length);
}

async function addField(document: PDFDocument): Promise<void> {
  const { context } = document;
  const image = await document.embedPng(png as Uint8Array);
  await image.embed();
  const appearance = context.register(
    context.stream('q 113 0 0 113 0 0 cm /Seal Do Q', {
      Type: 'XObject',
      Subtype: 'Form',
      BBox: [0, 0, 113, 113],
      Resources: { XObject: { Seal: image.ref } },
    }),
  );
  const signature = context.register(
    context.obj({
      Type: 'Sig',
      Filter: 'Adobe.PPKLite',
      SubFilter: 'adbe.pkcs7.detached',
      ByteRange: [0, unknownOffset, unknownOffset, unknownOffset],
      Contents: PDFHexString.of('0'.repeat(2 * contentsBytes)),
      M: PDFString.fromDate(new Date()),
    }),
  );
  const page = document.getPage(0);
  const field = context.register(
    context.obj({
      Type: 'Annot',
      Subtype: 'Widget',
      FT: 'Sig',
      T: PDFString.of('Seal1'),
      Rect: [244, 344, 357, 457],
      F: 132,
      P: page.ref,
      V: signature,
      AP: { N: appearance },
    }),
  );
  const annotations = page.node.lookupMaybe(PDFName.of('Annots'), PDFArray) ?? context.obj([]);
  annotations.push(field);
  page.node.set(PDFName.of('Annots'), annotations);
  const form: PDFDict = context.obj({ SigFlags: 3, Fields: [field] });
  document.catalog.set(PDFName.of('AcroForm'), form);
}

/** Fills in byte range and signature, in place. */
function sign(pdf: Uint8Array, start: number): Uint8Array {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const appendix = bytes.subarray(start).toString('latin1');
  const range = rangeText.exec(appendix);
  const contents = start + appendix.indexOf(`<${'0'.repeat(2 * contentsBytes)}>`);
  if (range === null || contents < start) throw new Error('the commit has no room for a signature');
  const after = contents + 2 * contentsBytes + 2;
  const offsets = `/ByteRange [ 0 ${contents} ${after} ${bytes.length - after} ]`;
  bytes.write(offsets.padEnd(range[0].length), start + range.index, 'latin1');

  const digest = createHash('sm3').update(bytes.subarray(0, contents)).update(bytes.subarray(after)).digest();
  const signer = { certificate: certificate as Uint8Array, flavour: 'pkcs7' as const };
  const toBeSigned = createToBeSignedAttributes({
    ...signer,
    contentDigest: digest,
    signingTime: new Date(),
  });
  const signature = signSm2(privateKey as Uint8Array, toBeSigned);
  const message = assembleSignedData({ ...signer, toBeSigned, signature });
  bytes.write(Buffer.from(message).toString('hex'), contents + 1, 'latin1');
  return bytes;
}
