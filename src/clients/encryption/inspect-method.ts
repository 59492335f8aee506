import { encryptionMethods } from '../../protocol/encryption-methods.ts';
import type { HandlersOf } from '../runtime/method-handlers.ts';
import { recipientOf } from './judge-recipients.ts';
import { readEncryptedFile } from './read-encrypted-file.ts';

/** What an encrypted file says of itself, without any key. */
export const inspectMethod: HandlersOf<Pick<typeof encryptionMethods, 'bid.inspect'>> = {
  'bid.inspect': {
    params: encryptionMethods['bid.inspect'].params,
    async run({ file }, { files }) {
      const read = await readEncryptedFile(files.source(file));
      // An EnvelopedData names its recipients by issuer and number alone: nothing that people could be shown.
      if (read.format === 'enveloped') return { format: read.format, recipients: [] };
      const { plainSize, recipients } = read.header;
      return {
        format: read.format,
        plainSize,
        recipients: recipients.map(({ certificate }) => recipientOf(certificate)),
      };
    },
  },
};
