import type { UiSnapshot } from '../../../protocol/ui-messages.ts';

/** Pages of ours that are open and want to know of every change. */
export interface UiConnections {
  add(post: (snapshot: UiSnapshot) => void): void;
  remove(post: (snapshot: UiSnapshot) => void): void;
  broadcast(snapshot: UiSnapshot): void;
}

export function createUiConnections(): UiConnections {
  const connections = new Set<(snapshot: UiSnapshot) => void>();
  return {
    add: (post) => void connections.add(post),
    remove: (post) => void connections.delete(post),
    broadcast(snapshot) {
      for (const post of connections) post(snapshot);
    },
  };
}
