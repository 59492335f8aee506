import { runClient } from '../runtime/run-client.ts';

void runClient('encryption', {});
