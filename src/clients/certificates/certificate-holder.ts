import type { Certificate } from '../../gm/certificate.ts';
import type { Signer } from '../../protocol/documents.ts';

/** What a certificate says of its holder. */
export function holderOf({ subject, creditCode, serialNumber }: Certificate): Signer {
  return {
    name: (subject.commonName ?? subject.text).slice(0, 200),
    ...(subject.organization === undefined ? {} : { organization: subject.organization.slice(0, 200) }),
    ...(creditCode === undefined ? {} : { creditCode }),
    serialNumber,
  };
}
