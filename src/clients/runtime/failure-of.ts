import { CodedError } from '../../protocol/coded-error.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import { codedFailure, rpcFailure, type RpcFailure } from './json-rpc.ts';
import { RpcRefusal } from './rpc-refusal.ts';

/** No room on the disk, in the user's share of it, or in what a file may grow to on it. */
const fullDisk: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** The catalogue's code for an error of a method, or `BRIDGE_INTERNAL`. */
export function clientErrorCode(error: unknown): ErrorCode {
  if (error instanceof CodedError) return error.code;
  return fullDisk.has(systemCodeOf(error)) ? 'DISK_FULL' : 'BRIDGE_INTERNAL';
}

/** What the extension is told of an error: a code or a number, nothing of its text. */
export function failureOf(id: number, error: unknown): RpcFailure {
  if (error instanceof RpcRefusal) return rpcFailure(id, error.reason);
  const code = clientErrorCode(error);
  return code === 'BRIDGE_INTERNAL' ? rpcFailure(id, 'internal') : codedFailure(id, code);
}

/** The operating system's name of an error (`ENOENT`, …), where it has one. */
export function systemCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || error instanceof CodedError) return undefined;
  return typeof error.code === 'string' && /^E[A-Z0-9]{2,20}$/.test(error.code) ? error.code : undefined;
}
