import * as v from 'valibot';

/** The six operations, named as the national usage record of shared certificates (usageScene) names them. */
export const scenes = [
  'login',
  'messageSignature',
  'signature',
  'revokeSignature',
  'encrypt',
  'decrypt',
] as const;

export type Scene = (typeof scenes)[number];

export const sceneSchema = v.picklist(scenes);
