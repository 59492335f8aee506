/** A path as one line of a terminal: with control characters it is shown as a JSON string. */
export function shownPath(path: string): string {
  return /\p{Cc}/u.test(path) ? JSON.stringify(path).replaceAll('\u007f', '\\u007f') : path;
}
