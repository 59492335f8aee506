import type { PageReply } from '../../../protocol/page-messages.ts';

/** Sends one reply to a page's content script. */
export type ReplyToPage = (reply: PageReply) => void;

/** Which page documents have a content script on the line right now. */
export interface PageConnections {
  attach(documentId: string, reply: ReplyToPage): void;
  /** Forgets the document, if `reply` is still its connection; true when it was. */
  detach(documentId: string, reply: ReplyToPage): boolean;
  has(documentId: string): boolean;
  /** Sends to the document's content script; nothing happens while there is none. */
  send(documentId: string, reply: PageReply): void;
}

export function createPageConnections(): PageConnections {
  const connections = new Map<string, ReplyToPage>();
  return {
    attach: (documentId, reply) => void connections.set(documentId, reply),
    detach(documentId, reply) {
      return connections.get(documentId) === reply && connections.delete(documentId);
    },
    has: (documentId) => connections.has(documentId),
    send: (documentId, reply) => connections.get(documentId)?.(reply),
  };
}
