import { createConnectors } from '../connectors/connectors.ts';
import { createServiceMethods } from '../connectors/local-service/service-methods.ts';
import { createVendorMethods } from '../connectors/vendor-methods.ts';
import { runClient } from '../runtime/run-client.ts';
import { messageMethods } from './message-methods.ts';
import { revokeMethods } from './revoke-methods.ts';
import { sealMethods } from './seal-methods.ts';
import { verifyMethod } from './verify-method.ts';

void runClient('signature', {
  ...messageMethods,
  ...sealMethods,
  ...revokeMethods,
  ...verifyMethod,
  ...createVendorMethods(createConnectors()),
  ...createServiceMethods(),
});
