/** What a File or Blob is in every runtime that has one; layers without DOM types hand it on as this. */
export interface BlobLike {
  /** Bytes. */
  readonly size: number;
  slice(start?: number, end?: number): BlobLike;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/**
 * True for a real Blob or File. The tag is the runtime's own: what crossed a structured clone cannot forge it, and a
 * clone that lost its bytes on a JSON wire does not have it.
 */
export function isBlob(value: unknown): value is BlobLike {
  return ['[object Blob]', '[object File]'].includes(Object.prototype.toString.call(value));
}
