import { toBase64 } from '../../lib/bytes.ts';
import {
  encryptionMethods,
  type EncryptionParams,
  type EncryptionResult,
} from '../../protocol/encryption-methods.ts';
import type { HandlersOf, MethodContext } from '../runtime/method-handlers.ts';
import { openBid } from './open-bid.ts';
import { openEnveloped } from './open-enveloped.ts';
import type { OpeningBook } from './opening-book.ts';
import { prepareOpening } from './prepare-opening.ts';
import { readEncryptedFile } from './read-encrypted-file.ts';
import type { Turnstile } from './turnstile.ts';
import { unwrapKey } from './unwrap-key.ts';

type OpeningMethods = Pick<typeof encryptionMethods, 'opening.create' | 'opening.prepare' | 'opening.open'>;

/** Opening at the appointed time, its rehearsal, and the question days before whether it will succeed. */
export function createOpeningMethods(book: OpeningBook, enter: Turnstile): HandlersOf<OpeningMethods> {
  return {
    'opening.create': {
      params: encryptionMethods['opening.create'].params,
      async run() {
        const { opening, publicKey } = book.create();
        return { opening, oneTimeKey: toBase64(publicKey) };
      },
    },
    'opening.prepare': {
      params: encryptionMethods['opening.prepare'].params,
      run: (params, context) => prepareOpening(book, params, context),
    },
    'opening.open': {
      params: encryptionMethods['opening.open'].params,
      run: (params, context) => enter(context.signal, () => open(book, params, context)),
    },
  };
}

async function open(
  book: OpeningBook,
  { opening, file, key: wrapped, write }: EncryptionParams<'opening.open'>,
  context: MethodContext,
): Promise<EncryptionResult<'opening.open'>> {
  const privateKey = book.privateKey(opening);
  const read = await readEncryptedFile(context.files.source(file));
  const key = unwrapKey(privateKey, wrapped);
  try {
    if (read.format === 'bid') return await openBid({ file, header: read.header, key, write }, context);
    return await openEnveloped({ file, located: read.located, key, write }, context);
  } finally {
    key.fill(0);
  }
}
