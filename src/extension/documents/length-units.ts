const millimetresPerInch = 25.4;
const pointsPerInch = 72;

/** Points (1/72 inch) of a length in millimetres. */
export function mmToPoints(millimetres: number): number {
  return (millimetres / millimetresPerInch) * pointsPerInch;
}

/** Millimetres of a length in points. */
export function pointsToMm(points: number): number {
  return (points / pointsPerInch) * millimetresPerInch;
}

/** Millimetres of `points` as people type and read them: at most one decimal. */
export function readableMm(points: number): number {
  return Math.round(pointsToMm(points) * 10) / 10;
}
