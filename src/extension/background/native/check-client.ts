import * as v from 'valibot';
import browser from 'webextension-polyfill';
import type { ErrorCode } from '../../../protocol/error-codes.ts';
import type { Locale } from '../../../protocol/errors.ts';
import { timeLimits } from '../../../protocol/limits.ts';
import {
  helloResultSchema,
  nativeHostNames,
  nativeProtocolVersion,
  nativeResponseSchema,
  type ClientKind,
} from '../../../protocol/native-messages.ts';
import type { ClientStatus } from '../../../protocol/ui-messages.ts';
import { wireError } from '../../../protocol/wire-error.ts';

/** The browser's own words for a port that ended, and what they mean (Chromium; English in every locale). */
const causes: readonly (readonly [words: string, code: ErrorCode])[] = [
  ['host not found', 'CLIENT_NOT_FOUND'],
  ['is forbidden', 'CLIENT_FORBIDDEN'],
  ['disabled by the system administrator', 'CLIENT_BLOCKED'],
  ['has exited', 'CLIENT_EXITED'],
  ['Error when communicating', 'CLIENT_PROTOCOL'],
];

/** The code for what the browser says of a native port that ended. */
export function causeOfDisconnect(words: string | undefined): ErrorCode {
  const cause = causes.find(([known]) => words?.includes(known) === true);
  return cause?.[1] ?? 'CLIENT_EXITED';
}

/** Starts a client, says hello and lets it go: is it there, and which version? Ends within 1.2 times `timeLimits.clientHello`. */
export async function checkClient(kind: ClientKind, locale: Locale): Promise<ClientStatus> {
  const answer = await sayHello(kind);
  return typeof answer === 'string'
    ? { kind, found: false, error: wireError(answer, locale) }
    : { kind, found: true, version: answer.version };
}

function sayHello(kind: ClientKind): Promise<{ readonly version: string } | ErrorCode> {
  const port = browser.runtime.connectNative(nativeHostNames[kind]);
  return new Promise((resolve) => {
    const finish = (answer: { readonly version: string } | ErrorCode) => {
      clearTimeout(timer);
      port.disconnect();
      resolve(answer);
    };
    const timer = setTimeout(() => finish('CLIENT_TIMEOUT'), timeLimits.clientHello);
    port.onDisconnect.addListener(() => {
      const cause = causeOfDisconnect(disconnectWords(port));
      if (cause !== 'CLIENT_PROTOCOL') return finish(cause);
      clearTimeout(timer);
      void diesUnasked(kind).then((dies) => resolve(dies ? 'CLIENT_EXITED' : cause));
    });
    port.onMessage.addListener((message: unknown) => {
      const response = v.safeParse(nativeResponseSchema, message);
      if (!response.success || !('result' in response.output)) return finish('CLIENT_PROTOCOL');
      const hello = v.safeParse(helloResultSchema, response.output.result);
      const sound =
        hello.success && hello.output.kind === kind && hello.output.protocol === nativeProtocolVersion;
      finish(sound ? { version: hello.output.version } : 'CLIENT_PROTOCOL');
    });
    port.postMessage({
      jsonrpc: '2.0',
      id: 1,
      method: 'hello',
      params: { protocol: nativeProtocolVersion, extension: browser.runtime.getManifest().version },
    });
  });
}

/**
 * A program that dies at once may die before our hello is written: the browser then speaks of communication, as it
 * does of garbage. Started once more and asked nothing, it says which of the two it is.
 */
function diesUnasked(kind: ClientKind): Promise<boolean> {
  const port = browser.runtime.connectNative(nativeHostNames[kind]);
  return new Promise((resolve) => {
    const finish = (dies: boolean) => {
      clearTimeout(timer);
      port.disconnect();
      resolve(dies);
    };
    const timer = setTimeout(() => finish(false), timeLimits.clientHello / 5);
    port.onDisconnect.addListener(() => finish(causeOfDisconnect(disconnectWords(port)) === 'CLIENT_EXITED'));
    port.onMessage.addListener(() => finish(false));
  });
}

/** Chromium tells the cause in `runtime.lastError`, Firefox's API in `port.error`. */
export function disconnectWords(port: browser.Runtime.Port): string | undefined {
  return port.error?.message ?? browser.runtime.lastError?.message;
}
