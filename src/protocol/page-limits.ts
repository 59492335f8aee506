/** Bounds that content scripts keep, apart from all others: the script has no room for these. */
export const pageLimits = {
  portsPerDocument: 32,
  requestsPerDocument: 100,
  /** Prompts that one document may report at a time. */
  promptsPerDocument: 8,
  /** Milliseconds that a found prompt which went away is shown as gone before its window closes. */
  promptGone: 3_000,
  /** Characters of a page's words around a prompt. */
  promptWords: 300,
  /** Pixels of the longer side of a picture of a QR, and characters of its base64. */
  qrPictureSide: 640,
  base64QrPicture: 546_200,
} as const;
