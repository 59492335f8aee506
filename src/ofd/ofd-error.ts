/**
 * Why a package is not read at all:
 * - `notZip`: no ZIP archive, or cut off
 * - `damaged`: its directory, an entry or one of its XML files is broken
 * - `unsupportedZip`: several disks, ZIP64, or another compression than none and DEFLATE
 * - `encrypted`: an entry is encrypted
 * - `tooLarge`: more entries, bytes or inflation than are read
 * - `duplicateEntry`: two entries of one name, or of names that differ in case alone: readers may see either
 * - `overlappingEntries`: bytes of the archive that belong to two entries, or to none
 * - `unsafePath`: an entry's name, or a reference, leads out of the package
 * - `notUtf8`: a name or an XML file in another encoding
 * - `documentType`: an XML file that declares a document type or entities
 * - `missingFile`: a file that the package needs is not in it
 * - `malformed`: XML that is not what GB/T 33190 asks for
 */
export type OfdRefusal =
  | 'notZip'
  | 'damaged'
  | 'unsupportedZip'
  | 'encrypted'
  | 'tooLarge'
  | 'duplicateEntry'
  | 'overlappingEntries'
  | 'unsafePath'
  | 'notUtf8'
  | 'documentType'
  | 'missingFile'
  | 'malformed';

export class OfdError extends Error {
  readonly reason: OfdRefusal;

  constructor(reason: OfdRefusal, detail?: string) {
    super(detail === undefined ? reason : `${reason}: ${detail}`);
    this.name = 'OfdError';
    this.reason = reason;
  }
}
