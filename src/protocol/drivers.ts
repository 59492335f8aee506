import * as v from 'valibot';

/** Who runs the QR of a session. */
export const drivers = [
  /** The platform's front server, asked by the extension. */
  'relay',
  /** The page, through the SDK: its back end asked the platform's front server. */
  'site',
  /** An unmodified page: the detector reads the QR that the page draws. */
  'mirror',
  /** No QR: the certificate sits in a vendor's local service or key. */
  'local',
] as const;

export type Driver = (typeof drivers)[number];

export const driverSchema = v.picklist(drivers);

/** Drivers of sessions; `mirror` has none, for the page knows nothing of the bridge. */
export const sessionDrivers = ['relay', 'site', 'local'] as const;
export type SessionDriver = (typeof sessionDrivers)[number];
