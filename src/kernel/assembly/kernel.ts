/**
 * What the module offers. It imports nothing, and its memory is the one that the chunks lie in.
 * Addresses are exported as constants; see `memory-map.ts`.
 */
export { authenticate, takeMacKey } from './hmac-lanes';
export { macKey, macs, nonce, prefixes, region, roundKeys } from './memory-map';
export { crypt, takeRoundKeys } from './sm4-ctr';
