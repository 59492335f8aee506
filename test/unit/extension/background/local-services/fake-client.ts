import type { CarryingClient } from '../../../../../src/extension/background/local-services/carried-connection.ts';
import { CodedError } from '../../../../../src/protocol/coded-error.ts';
import type { ErrorCode } from '../../../../../src/protocol/error-codes.ts';

interface Asked {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly answer: (result: object) => void;
  readonly refuse: (code: ErrorCode) => void;
}

/** A client whose answers the test gives. */
export interface FakeClient extends CarryingClient {
  /** Every request so far, `method` and what names it. */
  readonly asked: readonly Asked[];
  /** Methods asked so far. */
  methods(): readonly string[];
  /** The next request of a method that has not been looked at; waits for it. */
  next(method: string): Promise<Asked>;
  readonly closed: () => boolean;
}

export function fakeClient(): FakeClient {
  const asked: Asked[] = [];
  const unseen: Asked[] = [];
  let isClosed = false;
  let told: () => void = () => undefined;
  const call: CarryingClient['call'] = (method, params, { signal } = {}) =>
    new Promise((resolve, reject) => {
      if (isClosed) return reject(new CodedError('REQUEST_ABORTED'));
      signal?.addEventListener('abort', () => reject(new CodedError('REQUEST_ABORTED')));
      const one: Asked = {
        method,
        params: { ...params },
        answer: (result) => resolve(result as never),
        refuse: (code) => reject(new CodedError(code)),
      };
      asked.push(one);
      unseen.push(one);
      told();
    });
  return {
    call,
    asked,
    methods: () => asked.map(({ method }) => method),
    async next(method) {
      for (;;) {
        const index = unseen.findIndex((one) => one.method === method);
        const [one] = index < 0 ? [] : unseen.splice(index, 1);
        if (one !== undefined) return one;
        await new Promise<void>((resolve) => (told = resolve));
      }
    },
    close: () => void (isClosed = true),
    isOpen: () => !isClosed,
    closed: () => isClosed,
  };
}
