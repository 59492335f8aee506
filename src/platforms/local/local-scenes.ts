import type { Scene } from '../../protocol/scenes.ts';

/** What a key of a vendor's service can do here. Not `signature`: a connector has no seals to place. */
export const localScenes = [
  'login',
  'messageSignature',
  'revokeSignature',
  'encrypt',
  'decrypt',
] as const satisfies readonly Scene[];
