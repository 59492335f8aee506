import type { Certificate } from '../../../gm/certificate.ts';
import { toBase64, toHex } from '../../../lib/bytes.ts';
import { CodedError } from '../../../protocol/coded-error.ts';
import type { Trust } from '../../../protocol/signature-methods.ts';
import { judgeRecipients } from '../../encryption/judge-recipients.ts';
import { readCertificateFiles, readEncodingFiles } from '../certificate-files.ts';
import { CertificateRefused } from './certificate-refused.ts';
import type { EncryptOptions } from './encrypt-options.ts';

/**
 * The certificates that files are encrypted to, each once, judged for now. The first certificate of a file is meant;
 * further ones are issuers, which serve all.
 * @throws UsageError for a file that cannot be opened or holds no certificate; CertificateRefused
 */
export async function judgeCertificateFiles(
  { to, anchors, online }: Pick<EncryptOptions, 'to' | 'anchors' | 'online'>,
  signal: AbortSignal,
): Promise<readonly Certificate[]> {
  const roots = await readCertificateFiles(anchors);
  const trust: Trust = { anchors: roots.map(({ raw }) => toBase64(raw)), online };
  const read = await Promise.all(
    to.map(async (path) => {
      const [own = new Uint8Array(), ...issuers] = await readEncodingFiles([path], 'CERTIFICATE');
      return { path, certificate: toBase64(own), issuers };
    }),
  );
  const chain = [...new Set(read.flatMap(({ issuers }) => issuers.map(toBase64)))];
  const at = new Date();
  const judged = new Map<string, Certificate>();
  for (const { path, certificate } of read) {
    const wish = { own: { certificate, chain }, further: [], trust };
    for (const one of await judgeRecipients(wish, at, signal).catch(refusing(path))) {
      judged.set(toHex(one.raw), one);
    }
  }
  return [...judged.values()];
}

function refusing(path: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof CodedError ? new CertificateRefused(path, error) : error;
  };
}
