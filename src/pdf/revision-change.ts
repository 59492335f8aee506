/**
 * What a revision did to the document that it was appended to:
 * - `signatureAdded`: a signature field with its signature and what it shows
 * - `sealMarkAdded`: a further mark of a seal that the same revision added
 * - `signatureChanged`, `signatureRemoved`: an earlier signature, its field or its look
 * - `formFilled`: the value or look of a field; `formChanged`: anything else about the form
 * - `annotationAdded`, `annotationChanged`, `annotationRemoved`
 * - `pageContentChanged`: what the page draws, its size or its turn
 * - `resourceChanged`: a font, picture or the like that a page draws with
 * - `pagesChanged`: pages added, removed, reordered or exchanged
 * - `metadataChanged`: title, author and the like; not seen on any page
 * - `validationDataAdded`: certificates and revocation lists for earlier signatures (/DSS)
 * - `catalogChanged`: anything else about the document as a whole
 * - `objectReplaced`: an object that is none of these, or whose part in the document is not known
 * - `danglingFilled`: an object that the earlier document refers to but did not have
 * - `bytesAppended`: bytes after the last revision that belong to none
 * - `notCompared`: the revision is too large or too broken to say what it did
 */
export type RevisionChangeKind =
  | 'signatureAdded'
  | 'sealMarkAdded'
  | 'signatureChanged'
  | 'signatureRemoved'
  | 'formFilled'
  | 'formChanged'
  | 'annotationAdded'
  | 'annotationChanged'
  | 'annotationRemoved'
  | 'pageContentChanged'
  | 'resourceChanged'
  | 'pagesChanged'
  | 'metadataChanged'
  | 'validationDataAdded'
  | 'catalogChanged'
  | 'objectReplaced'
  | 'danglingFilled'
  | 'bytesAppended'
  | 'notCompared';

export interface RevisionChange {
  readonly kind: RevisionChangeKind;
  /** Index of the revision that did it, counted from 0; the number of revisions for `bytesAppended`. */
  readonly revision: number;
  /** Counted from 1, where it is known. */
  readonly page?: number;
  readonly fieldName?: string;
  readonly objectNumber?: number;
}
