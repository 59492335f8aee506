/** How a client's process ends. */
export const exitCodes = {
  /** The browser let go, the system asked for an end, or nothing was heard for long. */
  done: 0,
  /** An error that nobody foresaw. */
  internal: 1,
  /** Started by somebody other than our extension. */
  callerRefused: 2,
  /** The stream from the browser cannot be cut into messages, or ended inside one. */
  framingLost: 3,
  /** `hello` did not come in time. */
  noHello: 4,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
