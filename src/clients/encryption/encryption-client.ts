import process from 'node:process';
import { createConnectors } from '../connectors/connectors.ts';
import { createServiceMethods } from '../connectors/local-service/service-methods.ts';
import { createVendorMethods } from '../connectors/vendor-methods.ts';
import { createVendorOpenMethod } from '../connectors/vendor-open-method.ts';
import { runClient } from '../runtime/run-client.ts';
import { createEncryptMethod } from './encrypt-method.ts';
import { inspectMethod } from './inspect-method.ts';
import { createOpeningBook } from './opening-book.ts';
import { createOpeningMethods } from './opening-methods.ts';
import { recipientMethods } from './recipient-methods.ts';
import { createTurnstile } from './turnstile.ts';

const book = createOpeningBook();
const enter = createTurnstile();
const connectors = createConnectors();
process.on('exit', () => book.clear());

void runClient(
  'encryption',
  {
    ...recipientMethods,
    ...createEncryptMethod(enter),
    ...inspectMethod,
    ...createOpeningMethods(book, enter),
    ...createVendorMethods(connectors),
    ...createVendorOpenMethod(connectors),
    ...createServiceMethods(),
  },
  { resumable: true },
);
