import { codeOf, CodedError } from '../../../protocol/coded-error.ts';
import type { ErrorCode } from '../../../protocol/error-codes.ts';
import { bounded } from '../bounded.ts';
import { findXtx } from './find-xtx.ts';
import type { FoundXtx } from './identify-xtx.ts';
import type { XtxPorts } from './xtx-address.ts';
import type { XtxLine } from './xtx-line.ts';
import { readXtxUserList, type XtxUser } from './xtx-user-list.ts';
import { numberOf, textOf, type XtxFunction, type XtxValue } from './xtx-wire.ts';

/** Milliseconds. */
export interface XtxLimits {
  readonly probe: number;
  readonly call: number;
  /** Of a call during which the service may ask its user something. */
  readonly confirmation: number;
}

/** One service, found when it is first wanted and found again when it was lost. */
export interface XtxSession {
  found(signal: AbortSignal): Promise<FoundXtx>;
  users(line: XtxLine, signal: AbortSignal): Promise<readonly XtxUser[]>;
  /**
   * Calls a function that uses a private key, during which the service's window may be open for long. Ends early when
   * the key is pulled. Where it is given up, so is the line: whatever its window brings then is nobody's.
   * @throws CodedError as `XtxLine.call`, and `VENDOR_KEY_MISSING`
   */
  useKey(line: XtxLine, key: string, call: KeyCall, signal: AbortSignal): Promise<XtxValue>;
  /** Why a function failed that told its failure by its value: the key is gone, the login is, or else `otherwise`. */
  failure(line: XtxLine, key: string, otherwise: ErrorCode, signal: AbortSignal): Promise<CodedError>;
}

export interface KeyCall {
  readonly name: XtxFunction;
  readonly args: readonly string[];
}

/** Error numbers of GM/T 0016: PIN wrong, PIN locked, not logged in. Other numbers of the service are not published. */
const loginNumbers: ReadonlySet<number> = new Set([0x0a00_0024, 0x0a00_0025, 0x0a00_002d]);

export interface XtxSessionParts {
  readonly ports: XtxPorts;
  readonly limits: XtxLimits;
  /** Called when a key was inserted or pulled. */
  readonly onKeyChange: () => void;
}

export function createXtxSession({ ports, limits, onKeyChange }: XtxSessionParts): XtxSession {
  /** Calls in work, by key. */
  const inUse = new Set<{ readonly key: string; readonly gone: () => void }>();
  const forProcess = new AbortController().signal;
  let known: FoundXtx | undefined;
  let finding: Promise<FoundXtx> | undefined;

  const find = async (): Promise<FoundXtx> => {
    try {
      known = await findXtx({ ports, limit: limits.probe, onKeyChange: keysChanged }, forProcess);
      return known;
    } finally {
      finding = undefined;
    }
  };
  const found = async (signal: AbortSignal): Promise<FoundXtx> => {
    if (known?.line.isOpen() === true) return known;
    finding ??= find();
    return bounded(finding, { signal });
  };
  const users = async (line: XtxLine, signal: AbortSignal) =>
    readXtxUserList(textOf(await line.call('SOF_GetUserList', [], { signal, limit: limits.call })));
  const keysChanged = () => {
    onKeyChange();
    if (inUse.size > 0) void lookForKeys();
  };
  /** Which of the keys in use are still there? */
  const lookForKeys = async () => {
    try {
      const { line } = await found(forProcess);
      const ids = new Set((await users(line, forProcess)).map(({ id }) => id));
      for (const { key, gone } of inUse) if (!ids.has(key)) gone();
    } catch {
      // The calls in work find out for themselves.
    }
  };

  return {
    found,
    users,
    async useKey(line, key, { name, args }, signal) {
      const pulled = new AbortController();
      const use = { key, gone: () => pulled.abort() };
      inUse.add(use);
      try {
        const bound = { signal: AbortSignal.any([signal, pulled.signal]), limit: limits.confirmation };
        return await line.call(name, args, bound);
      } catch (error) {
        if (isGivenUp(error)) line.close();
        throw pulled.signal.aborted && !signal.aborted
          ? new CodedError('VENDOR_KEY_MISSING', 'pulled')
          : error;
      } finally {
        inUse.delete(use);
      }
    },
    async failure(line, key, otherwise, signal) {
      const number = numberOf(await line.call('SOF_GetLastError', [], { signal, limit: limits.call }));
      const detail = `0x${number.toString(16)}`;
      const isThere = (await users(line, signal)).some(({ id }) => id === key);
      if (!isThere) return new CodedError('VENDOR_KEY_MISSING', detail);
      return new CodedError(loginNumbers.has(number) ? 'VENDOR_LOGIN_REFUSED' : otherwise, detail);
    },
  };
}

/** Nobody waits any more for what the service still does. */
function isGivenUp(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'REQUEST_ABORTED' || code === 'VENDOR_SILENT';
}
