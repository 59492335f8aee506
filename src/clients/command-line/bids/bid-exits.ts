/** How `ca-bridge encrypt` and `ca-bridge decrypt` end; after an interruption with 128 and the signal's number. */
export const bidExits = {
  all: 0,
  some: 1,
  none: 2,
  /** As `EX_USAGE` of sysexits.h. */
  usage: 64,
} as const;

/** How `ca-bridge inspect` ends. */
export const inspectExits = {
  /** All that can be told without a key is right, and the certificate, if one was given, opens the file. */
  sound: 0,
  certificateOther: 1,
  notSound: 2,
  unreadable: 3,
  usage: 64,
} as const;
