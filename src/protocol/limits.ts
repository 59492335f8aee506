/** Milliseconds. Every wait of the bridge is bounded by one of these. */
export const timeLimits = {
  /** The SDK's answer to "is the bridge here?"; after it, `BRIDGE_NOT_INSTALLED`. */
  discovery: 400,
  /** The acknowledgement of a request: a worker that starts on a busy PC needs a second or more. */
  acknowledgement: 5_000,
  /** The user's choice of a platform. */
  consent: 180_000,
  /** Opening or renewing a session at the front server, retries included. */
  preparation: 15_000,
  /** A scan, where the platform gives no expiry of its own. */
  scan: 300_000,
  /** PIN and confirmation on the phone after the scan. */
  confirmation: 180_000,
  /** Fetching and checking the result of a confirmed session. */
  result: 15_000,
  /** Handing the result to the page. */
  delivery: 15_000,
  /** An expired QR waits this long for a renewal. */
  renewal: 120_000,
  /** One request from ask to answer, whatever happens in between. */
  session: 900_000,
  /** A page whose content script does not come back after the worker restarted counts as gone. */
  reattachment: 5_000,
  /** One HTTP exchange with a front server; a long-poll adds its own wait. */
  frontServerExchange: 8_000,
  /** How long the front server may hold an event request before it answers with none. */
  eventPoll: 20_000,
  /** A native client's answer to `hello`. */
  clientHello: 5_000,
  /** A native client that hears nothing for this long exits. */
  clientIdle: 300_000,
} as const;

/** Characters (UTF-16 units) unless the name says otherwise. */
export const sizeLimits = {
  challengeMin: 16,
  challengeMax: 1_024,
  requestId: 64,
  businessId: 64,
  origin: 262,
  errorMessage: 500,
  qrContent: 512,
  base64Certificate: 8_192,
  base64Signature: 256,
  chainLength: 4,
  /** A front server's whole answer, bytes. */
  frontServerAnswerBytes: 65_536,
  /** Host to browser, bytes: the browser breaks the port above it. */
  nativeMessageToBrowserBytes: 1_048_576,
  /** Browser to host, bytes: what our clients accept. */
  nativeMessageToClientBytes: 1_048_576,
} as const;

export const countLimits = {
  portsPerDocument: 32,
  requestsPerDocument: 100,
  liveSessions: 8,
  /** Requests that the user dismissed, per origin, within `dismissalWindowMs`, before the bridge refuses more. */
  dismissals: 3,
  dismissalWindowMs: 30_000,
} as const;
