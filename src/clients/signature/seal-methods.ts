import { DerError } from '../../gm/der-error.ts';
import { CertificateError } from '../../gm/certificate.ts';
import { parseSeal, sealAllows, SealError, verifySealMaker, type Seal } from '../../gm/seal.ts';
import { assembleSealSignature, createSealToBeSigned } from '../../gm/seal-signature.ts';
import { assembleSignedData, createToBeSignedAttributes } from '../../gm/signed-data-builder.ts';
import { joinSources, memorySource } from '../../lib/byte-source.ts';
import { fromBase64, toBase64 } from '../../lib/bytes.ts';
import { inspectSignatures } from '../../pdf/inspect-signatures.ts';
import {
  completeSeal,
  prepareSeal,
  type PreparedSeal,
  type SealPlace,
  type SealRequest,
} from '../../pdf/prepare-seal.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import type { SealPlace as SealPlaceOnWire } from '../../protocol/seal-places.ts';
import { signatureMethods, type SignatureParams } from '../../protocol/signature-methods.ts';
import type { HandlersOf, MethodContext } from '../runtime/method-handlers.ts';
import { acceptSignature } from './accept-signature.ts';
import { hashSource } from '../runtime/files/hash-source.ts';
import { judgeSigner, type JudgedSigner } from './judge-signer.ts';
import { openDocument, withPdfCodes } from './pdf-refusals.ts';
import { sealedRange } from '../../pdf/sealed-range.ts';
import { writeOutput } from './write-output.ts';

type SealMethods = Pick<typeof signatureMethods, 'seal.inspect' | 'seal.prepare' | 'seal.complete'>;

/** Room for what stands beside certificates, seal and signed attributes in a signature. */
const spareBytes = 2_048;

/** Scene `signature`: a seal in a PDF, as one more revision of it. */
export const sealMethods: HandlersOf<SealMethods> = {
  'seal.inspect': {
    params: signatureMethods['seal.inspect'].params,
    async run({ file }, context) {
      const document = await openDocument(file, context);
      const signatures = await withPdfCodes(() => inspectSignatures(document));
      return { pages: document.pageCount, signatures: signatures.length };
    },
  },
  'seal.prepare': {
    params: signatureMethods['seal.prepare'].params,
    async run(params, context) {
      const { toBeSigned, signer } = await prepare(params, context);
      return { toBeSigned: toBase64(toBeSigned), signer };
    },
  },
  'seal.complete': {
    params: signatureMethods['seal.complete'].params,
    async run(params, context) {
      const { prepared, toBeSigned, certificate, chain } = await prepare(params, context);
      const signature = acceptSignature(toBeSigned, params, certificate);
      const { raw } = certificate;
      const contents =
        params.format === 'ses'
          ? assembleSealSignature({ toBeSigned, certificate: raw, signature })
          : assembleSignedData({ toBeSigned, signature, certificate: raw, chain, flavour: 'pkcs7' });
      const appendix = await withPdfCodes(async () => completeSeal(prepared, contents));
      const { name } = context.files.describe(params.file);
      return writeOutput(name, [context.files.source(params.file), appendix], context);
    },
  },
};

interface Prepared extends JudgedSigner {
  readonly prepared: PreparedSeal;
  readonly toBeSigned: Uint8Array;
}

/** Everything up to the phone, the same each time for the same document and parameters. */
async function prepare(params: SignatureParams<'seal.prepare'>, context: MethodContext): Promise<Prepared> {
  const signingTime = new Date(params.signingTime);
  const judged = await judgeSigner(params.signer, params.trust, signingTime, context.signal);
  const seal = usableSeal(params.seal, judged, signingTime);
  const document = await openDocument(params.file, context);
  const { picture } = seal;
  const request: SealRequest = {
    subFilter: params.format === 'ses' ? 'GM.sm2seal' : 'adbe.pkcs7.detached',
    signingTime,
    signerName: judged.signer.organization ?? judged.signer.name,
    picture: { ...picture, type: pictureType(picture.type) },
    places: params.places.map(withoutUndefined),
    contentsBytes: reservedBytes(params, judged, seal),
  };
  const prepared = await withPdfCodes(() => prepareSeal(document, request));
  const input = context.files.source(params.file);
  const whole = joinSources(input, memorySource(prepared.appendix));
  const dataHash = await hashSource(sealedRange(whole, prepared.byteRange), context);
  const toBeSigned =
    params.format === 'ses'
      ? createSealToBeSigned({
          seal: seal.raw,
          dataHash,
          propertyInfo: prepared.fieldName,
          time: signingTime,
        })
      : createToBeSignedAttributes({
          contentDigest: dataHash,
          signingTime,
          certificate: judged.certificate.raw,
          flavour: 'pkcs7',
        });
  return { ...judged, prepared, toBeSigned };
}

/**
 * @throws CodedError SEAL_UNUSABLE: unreadable, of an older standard, out of its validity, of another certificate, or
 * not what its maker signed
 */
function usableSeal(base64: string, { certificate }: JudgedSigner, at: Date): Seal {
  try {
    const seal = parseSeal(fromBase64(base64));
    const isValid = at >= seal.validFrom && at <= seal.validTo;
    const { signatureHolds } = verifySealMaker(seal, { anchors: [], at });
    if (seal.version === 'V4' && isValid && signatureHolds && sealAllows(seal, certificate.raw)) return seal;
  } catch (error) {
    const isRefusal = [SealError, DerError, CertificateError, RangeError].some(
      (kind) => error instanceof kind,
    );
    if (!isRefusal) throw error;
  }
  throw new CodedError('SEAL_UNUSABLE');
}

/** The wire's optional members may be there and undefined; here they may only be missing. */
function withoutUndefined(place: SealPlaceOnWire): SealPlace {
  if (place.kind !== 'seam') return place;
  const { kind, y, firstPage, lastPage } = place;
  return {
    kind,
    y,
    ...(firstPage === undefined ? {} : { firstPage }),
    ...(lastPage === undefined ? {} : { lastPage }),
  };
}

function pictureType(type: string): SealRequest['picture']['type'] {
  if (type === 'png' || type === 'jpg' || type === 'jpeg') return type;
  throw new CodedError('SEAL_PICTURE_UNSUPPORTED');
}

function reservedBytes(
  { format }: SignatureParams<'seal.prepare'>,
  { certificate, chain }: JudgedSigner,
  seal: Seal,
): number {
  const issuers = chain.reduce((sum, { length }) => sum + length, 0);
  return certificate.raw.length + spareBytes + (format === 'ses' ? seal.raw.length : issuers);
}
