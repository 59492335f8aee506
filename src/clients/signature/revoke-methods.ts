import { createToBeSignedAttributes } from '../../gm/signed-data-builder.ts';
import { sm3 } from '../../gm/sm3.ts';
import { sliceSource } from '../../lib/byte-source.ts';
import { equalBytes, toBase64, utf8 } from '../../lib/bytes.ts';
import { inspectSignatures } from '../../pdf/inspect-signatures.ts';
import { removeLastSeal } from '../../pdf/revisions.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import { signatureMethods, type SignatureParams } from '../../protocol/signature-methods.ts';
import { holderOf } from '../certificates/certificate-holder.ts';
import type { HandlersOf, MethodContext } from '../runtime/method-handlers.ts';
import { acceptSignature } from './accept-signature.ts';
import { judgeSigner } from './judge-signer.ts';
import { openDocument, withPdfCodes } from './pdf-refusals.ts';
import { sealedBy } from './sealed-by.ts';
import { writeOutput } from './write-output.ts';

type RevokeMethods = Pick<typeof signatureMethods, 'revoke.inspect' | 'revoke.prepare' | 'revoke.complete'>;

const codes: Readonly<Record<'noSignature' | 'changedAfter' | 'notAlone' | 'firstRevision', ErrorCode>> = {
  noSignature: 'SEAL_NOT_FOUND',
  firstRevision: 'SEAL_NOT_FOUND',
  changedAfter: 'SEAL_NOT_LAST',
  notAlone: 'SEAL_NOT_LAST',
};

/**
 * Scene `revokeSignature`: the last seal goes, and with it the revision that it came with; what was there before stays
 * byte for byte. The phone signs a statement of exactly that.
 */
export const revokeMethods: HandlersOf<RevokeMethods> = {
  'revoke.inspect': {
    params: signatureMethods['revoke.inspect'].params,
    async run({ file }, context) {
      const { keptSize, signatures, certificate } = await lastSeal(file, context);
      return {
        keptSize,
        signatures,
        ...(certificate === undefined ? {} : { signer: holderOf(certificate) }),
      };
    },
  },
  'revoke.prepare': {
    params: signatureMethods['revoke.prepare'].params,
    async run(params, context) {
      const { toBeSigned, signer } = await prepare(params, context);
      return { toBeSigned: toBase64(toBeSigned), signer };
    },
  },
  'revoke.complete': {
    params: signatureMethods['revoke.complete'].params,
    async run(params, context) {
      const { toBeSigned, certificate, keptSize } = await prepare(params, context);
      acceptSignature(toBeSigned, params, certificate);
      const { name } = context.files.describe(params.file);
      return writeOutput(name, [sliceSource(context.files.source(params.file), 0, keptSize)], context);
    },
  },
};

async function lastSeal(file: string, context: MethodContext) {
  const document = await openDocument(file, context);
  const signatures = await withPdfCodes(() => inspectSignatures(document));
  const removal = await withPdfCodes(() => removeLastSeal(document));
  if (!removal.ok) throw new CodedError(codes[removal.reason]);
  // Broken signatures stand last in the list, and are not what is removed.
  const last = signatures.find(
    ({ fieldName, coverage }) => coverage === 'wholeFile' && fieldName === removal.fieldName,
  );
  if (last === undefined) throw new CodedError('SEAL_NOT_FOUND');
  const certificate = await sealedBy(last, context.files.source(file), context);
  return { keptSize: removal.revisionStart, signatures: signatures.length, certificate };
}

async function prepare(params: SignatureParams<'revoke.prepare'>, context: MethodContext) {
  const signingTime = new Date(params.signingTime);
  const judged = await judgeSigner(params.signer, params.trust, signingTime, context.signal);
  const { keptSize, certificate } = await lastSeal(params.file, context);
  if (certificate === undefined || !equalBytes(certificate.raw, judged.certificate.raw)) {
    throw new CodedError('SEAL_NOT_YOURS');
  }
  const statement = `ca-bridge-revoke/1\n${context.files.describe(params.file).sm3}\n${keptSize}\n`;
  const toBeSigned = createToBeSignedAttributes({
    contentDigest: sm3(utf8(statement)),
    signingTime,
    certificate: judged.certificate.raw,
    flavour: 'gm',
  });
  return { ...judged, toBeSigned, keptSize };
}
