import * as v from 'valibot';

/**
 * ```
 * requested → awaitingConsent → preparing → awaitingScan → scanned → confirmed → completing → succeeded
 *                                    of a signing scene: scanned → arranging → signing → confirmed
 *                any state before the end → cancelled | failed
 *                awaitingScan/scanned → expired → (renew: new business id) awaitingScan
 * ```
 */
export const sessionStates = [
  'requested',
  'awaitingConsent',
  'preparing',
  'awaitingScan',
  'scanned',
  'arranging',
  'signing',
  'confirmed',
  'completing',
  'expired',
  'succeeded',
  'cancelled',
  'failed',
] as const;

export type SessionState = (typeof sessionStates)[number];

export const sessionStateSchema = v.picklist(sessionStates);

const endStates: ReadonlySet<SessionState> = new Set(['succeeded', 'cancelled', 'failed']);

/** True for the three states that nothing follows. */
export function isEndState(state: SessionState): boolean {
  return endStates.has(state);
}
