import { lstatSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Everything below a folder: path to kind, permissions, and a file's bytes (as Latin-1) or a link's target. */
export function treeOf(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  return Object.fromEntries(entries.map((entry) => [entry, describeEntry(join(folder, entry))]));
}

function describeEntry(path: string): string {
  const entry = lstatSync(path);
  const mode = (entry.mode & 0o7777).toString(8);
  if (entry.isSymbolicLink()) return `link to ${readlinkSync(path)}`;
  if (entry.isDirectory()) return `folder ${mode}`;
  return `file ${mode} ${readFileSync(path, 'latin1')}`;
}
