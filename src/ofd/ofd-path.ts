import { OfdError } from './ofd-error.ts';

/** True for an entry's name that stays inside the package and is written in one way only. */
export function isSafeName(name: string): boolean {
  return (
    name.length > 0 &&
    name.length <= 1024 &&
    !/[\p{Cc}\\:]|^\//u.test(name) &&
    name
      .replace(/\/$/, '')
      .split('/')
      .every((part) => part !== '' && part !== '.' && part !== '..')
  );
}

/**
 * The file that an ST_Loc (GB/T 33190-2016, 7.3) names: from the package's root where it begins with a slash, else
 * from the folder of `base`, the file that holds it. Without a leading slash.
 * @throws OfdError `unsafePath` for one that leads out of the package
 */
export function resolveLocation(location: string, base: string): string {
  const parts = location.startsWith('/') ? [] : base.split('/').slice(0, -1);
  for (const part of location.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) throw new OfdError('unsafePath', 'above the root');
  }
  const path = parts.join('/');
  if (!isSafeName(path)) throw new OfdError('unsafePath');
  return path;
}

/** The folder of a file, with a slash at its end; empty for the root. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
