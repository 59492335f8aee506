/**
 * Reads the default value of the first key in a file of `reg export` (format "Windows Registry Editor Version 5.00",
 * decoded text).
 */
export function readExportedDefault(text: string): { readonly text: string } | 'absent' | 'otherType' {
  const [, section = ''] = text.split(/^\[[^\r\n]*\]\r?$/m, 2);
  const line = /^@=(.*?)\r?$/m.exec(section)?.[1];
  if (line === undefined) return 'absent';
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(line)?.[1];
  return quoted === undefined ? 'otherType' : { text: quoted.replaceAll(/\\(.)/g, '$1') };
}
