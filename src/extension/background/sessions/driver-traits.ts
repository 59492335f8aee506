import type { SessionDriver } from '../../../protocol/drivers.ts';
import type { ErrorCode } from '../../../protocol/error-codes.ts';
import { timeLimits } from '../../../protocol/limits.ts';

/** What a session waits for by each driver, and what it ends with where it waits in vain. */
export interface DriverTraits {
  /** Milliseconds for opening or renewing. */
  readonly opening: number;
  /** Milliseconds for the result of what was confirmed. */
  readonly result: number;
  /** Neither came in time. */
  readonly silent: ErrorCode;
  /** Nobody confirmed in time. */
  readonly unconfirmed: ErrorCode;
  /** An event that cannot follow. */
  readonly astray: ErrorCode;
  /** The platform itself ended the session. */
  readonly ended: ErrorCode;
}

export const driverTraits: Readonly<Record<SessionDriver, DriverTraits>> = {
  relay: {
    opening: timeLimits.preparation,
    result: timeLimits.result,
    silent: 'FRONT_SERVER_TIMEOUT',
    unconfirmed: 'CONFIRMATION_TIMEOUT',
    astray: 'FRONT_SERVER_PROTOCOL',
    ended: 'FRONT_SERVER_FAILED',
  },
  site: {
    opening: timeLimits.siteAnswer,
    result: timeLimits.siteAnswer,
    silent: 'SITE_FLOW_TIMEOUT',
    unconfirmed: 'CONFIRMATION_TIMEOUT',
    astray: 'SITE_FLOW_PROTOCOL',
    ended: 'SITE_FLOW_FAILED',
  },
  local: {
    // The client starts, finds the service, and asks it for the certificates of each key.
    opening: timeLimits.clientHello + timeLimits.vendorProbe + timeLimits.vendorCall,
    // A client that was started again has the PIN asked again.
    result: timeLimits.confirmation,
    silent: 'VENDOR_SILENT',
    unconfirmed: 'VENDOR_SILENT',
    astray: 'BRIDGE_INTERNAL',
    ended: 'VENDOR_FAILED',
  },
};
