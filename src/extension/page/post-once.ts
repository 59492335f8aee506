import type { LocalServiceAddress } from '../../protocol/local-service-addresses.ts';
import { localServiceTextFits } from '../../protocol/local-service-texts.ts';
import type { PageLine } from './page-line.ts';

/** One POST through the bridge: the reply's text. @throws TypeError as `fetch` does; the signal's reason */
export function postOnce(
  line: PageLine,
  address: LocalServiceAddress,
  text: string,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new TypeError('Failed to fetch'));
    if (!localServiceTextFits(text)) return fail();
    const link = line.connect(address, {
      onOpen: () => link.send(text),
      onText(reply) {
        end();
        resolve(reply);
      },
      onClosed: fail,
    });
    const end = () => {
      signal.removeEventListener('abort', abort);
      link.close();
    };
    const abort = () => {
      end();
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
  });
}
