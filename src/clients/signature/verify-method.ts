import { createHash } from 'node:crypto';
import { signatureMethods } from '../../protocol/signature-methods.ts';
import { verifyDocument } from '../../signatures/verify-document.ts';
import { fetchRevocationList } from '../certificates/fetch-revocation-list.ts';
import { readAnchors } from '../certificates/read-anchors.ts';
import type { HandlersOf } from '../runtime/method-handlers.ts';

/** Judges a sealed PDF or OFD, or a signed message. */
export const verifyMethod: HandlersOf<Pick<typeof signatureMethods, 'verify'>> = {
  verify: {
    params: signatureMethods.verify.params,
    run: async ({ file, content, trust }, { files, signal, progress }) =>
      verifyDocument(files.source(file), {
        ...(content === undefined ? {} : { content: files.source(content) }),
        anchors: readAnchors(trust),
        ...(trust.online ? { fetchCrl: fetchRevocationList } : {}),
        now: new Date(),
        createHash: () => createHash('sm3'),
        signal,
        onProgress: progress,
      }),
  },
};
