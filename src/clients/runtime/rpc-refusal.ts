import type { nativeErrorNumbers } from '../../protocol/native-messages.ts';

/** Why a request is refused that a correct extension never sends. */
export type RefusalReason = keyof Omit<typeof nativeErrorNumbers, 'coded'>;

/** Refuses a request by a JSON-RPC error number, where no code of the catalogue fits. */
export class RpcRefusal extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason) {
    super(reason);
    this.name = 'RpcRefusal';
    this.reason = reason;
  }
}
