import type { Scene } from '../../protocol/scenes.ts';

const signingScenes: ReadonlySet<Scene> = new Set(['messageSignature', 'signature', 'revokeSignature']);

/** True for the scenes that sign documents. */
export function isSigningScene(scene: Scene): boolean {
  return signingScenes.has(scene);
}
