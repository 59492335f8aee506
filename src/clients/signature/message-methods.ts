import { assembleSignedData, createToBeSignedAttributes } from '../../gm/signed-data-builder.ts';
import { fromHex, toBase64 } from '../../lib/bytes.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import { signatureMethods, type SignatureParams } from '../../protocol/signature-methods.ts';
import type { HandlersOf, MethodContext } from '../runtime/method-handlers.ts';
import { acceptSignature } from './accept-signature.ts';
import { judgeSigner } from './judge-signer.ts';
import { writeOutput } from './write-output.ts';

type MessageMethods = Pick<typeof signatureMethods, 'message.prepare' | 'message.complete'>;

/** Scene `messageSignature`: SignedData of GM/T 0010 over a file of any size, attached or detached. */
export const messageMethods: HandlersOf<MessageMethods> = {
  'message.prepare': {
    params: signatureMethods['message.prepare'].params,
    async run(params, context) {
      const { toBeSigned, signer } = await prepare(params, context);
      return { toBeSigned: toBase64(toBeSigned), signer };
    },
  },
  'message.complete': {
    params: signatureMethods['message.complete'].params,
    async run(params, context) {
      const { file, form } = params;
      const { toBeSigned, certificate, chain } = await prepare(params, context);
      const signature = acceptSignature(toBeSigned, params, certificate);
      const parts = { toBeSigned, signature, certificate: certificate.raw, chain, flavour: 'gm' } as const;
      const { name, size } = context.files.describe(file);
      if (form === 'detached') return writeOutput(`${name}.p7s`, [assembleSignedData(parts)], context);
      const { before, after } = assembleSignedData({ ...parts, attached: { size } });
      return writeOutput(`${name}.p7s`, [before, context.files.source(file), after], context);
    },
  },
};

async function prepare(params: SignatureParams<'message.prepare'>, context: MethodContext) {
  const signingTime = new Date(params.signingTime);
  const judged = await judgeSigner(params.signer, params.trust, signingTime, context.signal);
  const { size, sm3 } = context.files.describe(params.file);
  if (size === 0) throw new CodedError('DOCUMENT_EMPTY');
  const toBeSigned = createToBeSignedAttributes({
    contentDigest: fromHex(sm3),
    signingTime,
    certificate: judged.certificate.raw,
    flavour: 'gm',
  });
  return { ...judged, toBeSigned };
}
