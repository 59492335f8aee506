import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { CodedError } from '../../../protocol/coded-error.ts';
import type { ErrorCode } from '../../../protocol/error-codes.ts';
import { timeLimits } from '../../../protocol/limits.ts';
import {
  nativeErrorNumbers,
  nativeHostNames,
  nativeNotificationSchema,
  nativeProtocolVersion,
  nativeResponseSchema,
  runtimeMethods,
  type ClientKind,
  type HelloResult,
} from '../../../protocol/native-messages.ts';
import { connectorMethods } from '../../../protocol/connector-methods.ts';
import { encryptionMethods } from '../../../protocol/encryption-methods.ts';
import { signatureMethods } from '../../../protocol/signature-methods.ts';
import { causeOfDisconnect, disconnectWords } from './check-client.ts';

const methods = { ...runtimeMethods, ...signatureMethods, ...encryptionMethods, ...connectorMethods };
type Methods = typeof methods;
export type NativeMethod = keyof Methods;
export type NativeParams<M extends NativeMethod> = v.InferOutput<Methods[M]['params']>;
export type NativeResult<M extends NativeMethod> = v.InferOutput<Methods[M]['result']>;

export interface NativeCallOptions {
  /** Aborting tells the client, which answers REQUEST_ABORTED. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface OpenOptions extends Pick<NativeCallOptions, 'signal'> {
  /** Workspace of a process that died: its files are taken over. */
  readonly adopt?: string;
}

/** A running client, greeted; one process for as long as it is open. */
export interface NativeClient {
  /** @throws CodedError of the client, of the browser (`CLIENT_…`), or REQUEST_ABORTED */
  call<M extends NativeMethod>(
    method: M,
    params: NativeParams<M>,
    options?: NativeCallOptions,
  ): Promise<NativeResult<M>>;
  /** What it said of itself. */
  readonly hello: HelloResult;
  isOpen(): boolean;
  /** Resolves when the process has ended or was let go. */
  readonly ended: Promise<void>;
  /** Lets the process go: it ends and removes every file that it holds. */
  close(): void;
}

interface Pending {
  readonly method: NativeMethod;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: CodedError) => void;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Starts a client and greets it; an abort lets go of one that has not answered yet.
 * @throws CodedError `CLIENT_…`: not there, refused by the browser, dies, talks garbage, silent, or too old
 */
export async function openNativeClient(
  kind: ClientKind,
  { adopt, ...options }: OpenOptions = {},
): Promise<NativeClient> {
  const port = browser.runtime.connectNative(nativeHostNames[kind]);
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let ended: ErrorCode | undefined;
  let tellEnd = () => {};
  const whenEnded = new Promise<void>((resolve) => (tellEnd = resolve));

  const end = (code: ErrorCode): void => {
    ended ??= code;
    for (const { reject } of pending.values()) reject(new CodedError(ended));
    pending.clear();
    tellEnd();
  };
  const breakOff = (): void => {
    port.disconnect();
    end('CLIENT_PROTOCOL');
  };

  const takeNotification = (message: object): void => {
    const notification = v.safeParse(nativeNotificationSchema, message);
    if (!notification.success) return breakOff();
    const { id, done, total } = notification.output.params;
    pending.get(id)?.onProgress?.(done, total);
  };

  port.onDisconnect.addListener(() => end(causeOfDisconnect(disconnectWords(port))));
  port.onMessage.addListener((message: unknown) => {
    if (isNotification(message)) return takeNotification(message);
    const response = v.safeParse(nativeResponseSchema, message);
    const asked =
      response.success && response.output.id !== null ? pending.get(response.output.id) : undefined;
    if (!response.success || asked === undefined || response.output.id === null) return breakOff();
    pending.delete(response.output.id);
    if ('error' in response.output) {
      const { code, data, message: words } = response.output.error;
      return asked.reject(new CodedError(data?.code ?? codeOfNumber(code), words));
    }
    const result = v.safeParse(methods[asked.method].result, response.output.result);
    if (!result.success) {
      asked.reject(new CodedError('CLIENT_PROTOCOL', asked.method));
      return breakOff();
    }
    asked.resolve(result.output);
  });

  function post(id: number, method: NativeMethod, params: object): void {
    try {
      port.postMessage({ jsonrpc: '2.0', id, method, params });
    } catch {
      end('CLIENT_EXITED');
    }
  }

  const client: Omit<NativeClient, 'hello'> = {
    call: (method, params, { signal, onProgress } = {}) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) return reject(new CodedError(ended));
        if (signal?.aborted === true) return reject(new CodedError('REQUEST_ABORTED'));
        const id = nextId++;
        const abort = () => {
          pending.delete(id);
          // The answer to a cancelled request comes all the same, and finds nobody.
          pending.set(id, { method, resolve: () => undefined, reject: () => undefined });
          const cancelId = nextId++;
          pending.set(cancelId, { method: 'cancel', resolve: () => undefined, reject: () => undefined });
          post(cancelId, 'cancel', { id });
          reject(new CodedError('REQUEST_ABORTED'));
        };
        const settle =
          <T>(how: (value: T) => void) =>
          (value: T) => {
            signal?.removeEventListener('abort', abort);
            how(value);
          };
        signal?.addEventListener('abort', abort);
        pending.set(id, {
          method,
          onProgress,
          resolve: settle((result) => resolve(result as NativeResult<typeof method>)),
          reject: settle(reject),
        });
        post(id, method, params);
      }),
    isOpen: () => ended === undefined,
    ended: whenEnded,
    close() {
      port.disconnect();
      end('REQUEST_ABORTED');
    },
  };
  const params = {
    protocol: nativeProtocolVersion,
    extension: browser.runtime.getManifest().version,
    ...(adopt === undefined ? {} : { adopt }),
  };
  const hello = await greet(client, kind, params, options);
  return { ...client, hello };
}

async function greet(
  client: Omit<NativeClient, 'hello'>,
  kind: ClientKind,
  params: NativeParams<'hello'>,
  options: NativeCallOptions,
): Promise<HelloResult> {
  const silent = setTimeout(() => client.close(), timeLimits.clientHello);
  const startedAt = Date.now();
  try {
    const hello = await client.call('hello', params, options);
    if (hello.kind !== kind) throw new CodedError('CLIENT_PROTOCOL', 'another client');
    return hello;
  } catch (error) {
    client.close();
    const late = Date.now() - startedAt >= timeLimits.clientHello;
    throw late ? new CodedError('CLIENT_TIMEOUT') : error;
  } finally {
    clearTimeout(silent);
  }
}

/** Only what the client says unasked names a method. */
function isNotification(message: unknown): message is object {
  return typeof message === 'object' && message !== null && 'method' in message;
}

/** What a number without a code means to the user: versions differ, or the client failed. */
function codeOfNumber(number: number): ErrorCode {
  const older: readonly number[] = [nativeErrorNumbers.methodNotFound, nativeErrorNumbers.protocolVersion];
  return older.includes(number) ? 'CLIENT_TOO_OLD' : 'CLIENT_PROTOCOL';
}
