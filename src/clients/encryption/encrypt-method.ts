import { displayableName } from '../../lib/displayable-name.ts';
import {
  encryptionMethods,
  type EncryptionParams,
  type EncryptionResult,
} from '../../protocol/encryption-methods.ts';
import type { HandlersOf, MethodContext } from '../runtime/method-handlers.ts';
import { encryptBid } from './encrypt-bid.ts';
import { encryptEnveloped } from './encrypt-enveloped.ts';
import { judgeRecipients, recipientOf } from './judge-recipients.ts';
import type { Turnstile } from './turnstile.ts';

/** Encrypts to certificates, and reads back. */
export function createEncryptMethod(enter: Turnstile): HandlersOf<Pick<typeof encryptionMethods, 'encrypt'>> {
  return {
    encrypt: {
      params: encryptionMethods.encrypt.params,
      run: (params, context) => enter(context.signal, () => encrypt(params, context)),
    },
  };
}

async function encrypt(
  params: EncryptionParams<'encrypt'>,
  context: MethodContext,
): Promise<EncryptionResult<'encrypt'>> {
  const { file, format, encryptedAt } = params;
  const { name, size, sm3 } = context.files.describe(file);
  const recipients = await judgeRecipients(params, new Date(encryptedAt), context.signal);
  const cipher =
    format === 'bid'
      ? await encryptBid({ file, recipients, encryptedAt }, context)
      : await encryptEnveloped(file, recipients, context);
  return {
    file: cipher.file,
    plain: { name: displayableName(name), size, sm3 },
    cipher: { name: cipher.name, size: cipher.size, sm3: cipher.sm3 },
    recipients: recipients.map(recipientOf),
  };
}
