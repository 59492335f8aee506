import * as v from 'valibot';

/** `major.minor.patch`, decimal, no leading zeros. */
export const versionSchema = v.pipe(
  v.string(),
  v.maxLength(20),
  v.regex(/^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}$/),
);

/** Version of the site API that this build speaks. */
export const apiVersion = '1.3.0';

/** True when an API of version `have` serves a site that needs at least `need` (same major, not older). */
export function servesVersion(have: string, need: string): boolean {
  const [haveMajor = 0, haveMinor = 0, havePatch = 0] = have.split('.').map(Number);
  const [needMajor = 0, needMinor = 0, needPatch = 0] = need.split('.').map(Number);
  if (haveMajor !== needMajor) return false;
  return haveMinor > needMinor || (haveMinor === needMinor && havePatch >= needPatch);
}
