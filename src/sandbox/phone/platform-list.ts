/** A front server that this phone belongs to. */
export interface PhonePlatform {
  readonly name: string;
  /** Base address of its relay protocol, without a final slash. */
  readonly base: string;
}
