import process from 'node:process';
import { runClient } from '../runtime/run-client.ts';
import { createEncryptMethod } from './encrypt-method.ts';
import { inspectMethod } from './inspect-method.ts';
import { createOpeningBook } from './opening-book.ts';
import { createOpeningMethods } from './opening-methods.ts';
import { recipientMethods } from './recipient-methods.ts';
import { createTurnstile } from './turnstile.ts';

const book = createOpeningBook();
const enter = createTurnstile();
process.on('exit', () => book.clear());

void runClient(
  'encryption',
  {
    ...recipientMethods,
    ...createEncryptMethod(enter),
    ...inspectMethod,
    ...createOpeningMethods(book, enter),
  },
  { resumable: true },
);
