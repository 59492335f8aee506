import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { fromUtf8 } from '../../../lib/bytes.ts';
import { CodedError } from '../../../protocol/coded-error.ts';
import { countLimits, sizeLimits, timeLimits } from '../../../protocol/limits.ts';
import { createInbox } from './inbox.ts';
import type { ServiceConnection } from './service-connection.ts';

export type LoopbackPostAddress = `${'http' | 'https'}://127.0.0.1:${number}/${string}`;

/** Bytes: a text of the most characters takes up to three each. */
const maxReply = 3 * sizeLimits.localServiceMessage;

/**
 * The service's other door: each text is the body of one POST, whose answer is one text; one after the other, so that
 * the answers come in order. An answer other than 200 with such a text ends the connection, as does one that takes
 * longer than a user may take for a PIN. No header comes from the page, and there is no `Origin`.
 */
export function openPostConnection(address: LoopbackPostAddress): ServiceConnection {
  const inbox = createInbox();
  const stop = new AbortController();
  let last = Promise.resolve();
  let waiting = 0;

  const end = () => {
    inbox.end();
    stop.abort();
  };
  const exchange = async (text: string) => {
    try {
      const reply = await post(address, text, stop.signal);
      if (!inbox.put(reply)) end();
    } catch {
      end();
    } finally {
      waiting -= 1;
    }
  };
  return {
    send(text) {
      if (waiting >= countLimits.localServiceMessages) end();
      if (stop.signal.aborted) throw new CodedError('VENDOR_NOT_RUNNING');
      waiting += 1;
      last = last.then(() => exchange(text));
    },
    receive: (wanted) => inbox.take(wanted),
    close: end,
  };
}

function post(address: LoopbackPostAddress, text: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const body = Buffer.from(text, 'utf8');
    const options = {
      method: 'POST',
      agent: false as const,
      headers: { 'content-type': 'application/json', 'content-length': body.length },
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeLimits.confirmation)]),
    };
    const request = address.startsWith('https:')
      ? requestTls(address, { ...options, rejectUnauthorized: false })
      : requestPlain(address, options);
    request.on('error', reject);
    request.on('response', (response) => {
      const parts: Buffer[] = [];
      let length = 0;
      const refuse = () => void request.destroy(new CodedError('VENDOR_PROTOCOL'));
      if (response.statusCode !== 200) refuse();
      response.on('data', (part: Buffer) => {
        length += part.length;
        if (length > maxReply) refuse();
        else parts.push(part);
      });
      response.on('error', reject);
      response.on('end', () => {
        try {
          resolve(fromUtf8(Buffer.concat(parts)));
        } catch (error) {
          reject(error);
        }
      });
    });
    request.end(body);
  });
}
