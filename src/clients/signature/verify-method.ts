import { createHash } from 'node:crypto';
import { parseCertificate } from '../../gm/certificate.ts';
import { fromBase64 } from '../../lib/bytes.ts';
import { signatureMethods } from '../../protocol/signature-methods.ts';
import { verifyDocument } from '../../signatures/verify-document.ts';
import type { HandlersOf } from '../runtime/method-handlers.ts';
import { fetchRevocationList } from './fetch-revocation-list.ts';

/** Judges a sealed PDF or OFD, or a signed message. */
export const verifyMethod: HandlersOf<Pick<typeof signatureMethods, 'verify'>> = {
  verify: {
    params: signatureMethods.verify.params,
    run: ({ file, content, trust }, { files, signal, progress }) =>
      verifyDocument(files.source(file), {
        ...(content === undefined ? {} : { content: files.source(content) }),
        anchors: trust.anchors.map((anchor) => parseCertificate(fromBase64(anchor))),
        ...(trust.online ? { fetchCrl: fetchRevocationList } : {}),
        now: new Date(),
        createHash: () => createHash('sm3'),
        signal,
        onProgress: progress,
      }),
  },
};
