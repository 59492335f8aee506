/** What every runtime of ours has of the URL standard; this layer is compiled without DOM and Node types. */
declare class URL {
  constructor(address: string);
  static canParse(address: string): boolean;
  /** Lower case, ASCII (Punycode), without port; IP addresses in their usual form. */
  readonly hostname: string;
}
