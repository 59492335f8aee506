import type { AskedFor, OpeningPurpose, SigningScene } from './request-binding.ts';

/** What the user is asked to agree to: a scene, and of a decryption what it is for. */
export type Act = 'login' | SigningScene | 'encrypt' | OpeningPurpose;

/** Those in which a key is used. */
export type PinAct = Exclude<Act, 'encrypt' | 'check'>;

export function actOf(asked: AskedFor): Act {
  return asked.scene === 'decrypt' ? asked.purpose : asked.scene;
}
