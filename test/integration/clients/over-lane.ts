import { request } from 'node:http';
import type { Readable } from 'node:stream';
import { extensionIds } from '../../../src/protocol/extension-ids.ts';
import { lanePath, type LaneAddress } from '../../../src/protocol/native-messages.ts';

interface Transfer {
  readonly body?: Readable | Uint8Array;
  readonly size?: number;
  readonly take?: (chunk: Buffer) => void;
}

/** One transfer over a client's loopback lane as the extension makes it; resolves with the status. */
export function overLane(
  lane: LaneAddress | undefined,
  method: 'PUT' | 'GET',
  { body, size, take }: Transfer,
): Promise<number | undefined> {
  if (lane === undefined) throw new Error('the client opened no lane');
  const headers = {
    Origin: `chrome-extension://${extensionIds[0]}`,
    Authorization: `Bearer ${lane.token}`,
    ...(size === undefined ? {} : { 'Content-Length': size }),
  };
  const target = { host: '127.0.0.1', port: lane.port, path: lanePath, method, headers, agent: false };
  return new Promise((resolve, reject) => {
    const asking = request(target, (response) => {
      response.on('data', (part: Buffer) => take?.(part));
      response.on('error', reject);
      response.on('end', () => resolve(response.statusCode));
    });
    asking.on('error', reject);
    if (body === undefined || body instanceof Uint8Array) asking.end(body);
    else {
      body.on('error', reject);
      body.pipe(asking);
    }
  });
}
