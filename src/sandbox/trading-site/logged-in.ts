/** The logged-in subject as the site's back end read it from the verified certificate. */
export interface LoggedIn {
  readonly organisation: string;
  readonly creditCode: string;
  readonly commonName: string;
  readonly serial: string;
  readonly issuer: string;
  /** ISO 8601. */
  readonly notBefore: string;
  /** ISO 8601. */
  readonly notAfter: string;
  /** ISO 8601. */
  readonly since: string;
}
