/** What the site's back end refuses with beside the codes of the catalogue. */
export type SiteCode =
  | 'FOREIGN_REQUEST'
  | 'BAD_REQUEST'
  | 'TOO_LARGE'
  | 'NOT_LOGGED_IN'
  | 'PROJECT_UNKNOWN'
  | 'BID_UNKNOWN'
  | 'TOO_MANY_BIDS'
  /** Uploads end at the opening time. */
  | 'OPENING_TIME_PASSED'
  /** Nothing is opened before it. */
  | 'OPENING_TIME_NOT_REACHED';

/** An answer's body that says why not. */
export function refusal(error: SiteCode): { readonly error: SiteCode } {
  return { error };
}
