import { encryptionMethods } from '../../protocol/encryption-methods.ts';
import type { HandlersOf } from '../runtime/method-handlers.ts';
import { judgeRecipients, recipientOf } from './judge-recipients.ts';

/** Who would be able to open, before anything is encrypted. */
export const recipientMethods: HandlersOf<Pick<typeof encryptionMethods, 'recipients.inspect'>> = {
  'recipients.inspect': {
    params: encryptionMethods['recipients.inspect'].params,
    async run(params, { signal }) {
      const recipients = await judgeRecipients(params, new Date(), signal);
      return { recipients: recipients.map(recipientOf) };
    },
  },
};
