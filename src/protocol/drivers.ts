import * as v from 'valibot';

/** Who runs the QR of a session. `relay`: the platform's front server, asked by the extension. */
export const drivers = ['relay'] as const;

export type Driver = (typeof drivers)[number];

export const driverSchema = v.picklist(drivers);
