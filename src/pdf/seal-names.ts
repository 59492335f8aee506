/** Keys of our own that a seal's objects carry. */
export const sealKeys = {
  /** In the field: the annotations of its further marks. */
  marks: 'CABridge_Marks',
  /** In the signature dictionary: length of the file before the seal was appended. */
  earlierSize: 'CABridge_EarlierSize',
} as const;

const pattern = /^CA-Bridge-Seal-(\d{1,9})$/;

/** A field name that none of `existing` has. */
export function nextFieldName(existing: readonly string[]): string {
  const taken = existing.map((field) => Number(pattern.exec(field)?.[1] ?? 0));
  return `CA-Bridge-Seal-${taken.reduce((most, number) => Math.max(most, number), 0) + 1}`;
}
