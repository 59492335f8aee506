import type { ErrorCode } from '../../protocol/error-codes.ts';
import { pageLimits } from '../../protocol/page-limits.ts';
import type { PageReply, PageRequest, RelayedRequest } from '../../protocol/page-messages.ts';
import { idOfRequest, isReply, readPageRequest } from './read-page-message.ts';

/** A line to the background; `onReply` and `onLost` are set by the relay that asked for it. */
export interface BackgroundLine {
  send(message: RelayedRequest): void;
  close(): void;
}

export interface RelayParts {
  /** Opens a line, or gives undefined when this script's extension is no longer there. */
  connect(onReply: (message: unknown) => void, onLost: () => void): BackgroundLine | undefined;
  /** Words `code` for the page. */
  describe(code: ErrorCode): { readonly message: string; readonly retry: boolean };
  readonly schedule: (work: () => void, ms: number) => void;
}

/** Pauses before each try to reach the background again; after the last one the requests end. */
const reconnectPausesMs = [0, 50, 200, 500, 1_000, 2_000];

type Asked = Extract<PageRequest, { type: 'request' }>;

interface Pending {
  readonly request: Asked;
  readonly port: MessagePort;
  /** Ids of questions about the page's own flow that it has not answered yet. */
  readonly questions: Set<string>;
}

/** Carries requests from the page's ports to the background and replies back, across restarts of the worker. */
export interface PageRelay {
  /** One message of the page on `port`. What cannot be read is answered if it has an id, else ignored. */
  receive(message: unknown, port: MessagePort): void;
  /** The page is about to go: every request ends here, the background learns by the line's end. */
  leave(): void;
}

export function createPageRelay({ connect, describe, schedule }: RelayParts): PageRelay {
  const pending = new Map<string, Pending>();
  let line: BackgroundLine | undefined;
  let losses = 0;

  function post(port: MessagePort, reply: PageReply): void {
    port.postMessage(reply);
  }

  function refuse(port: MessagePort, id: string, code: ErrorCode): void {
    post(port, { type: 'error', id, error: { code, ...describe(code) } });
  }

  function endAll(code: ErrorCode): void {
    for (const [id, { port }] of pending) refuse(port, id, code);
    pending.clear();
    line?.close();
    line = undefined;
  }

  function openLine(): BackgroundLine | undefined {
    line ??= connect(onReply, onLost);
    if (line === undefined) endAll('BRIDGE_RELOAD_NEEDED');
    return line;
  }

  function onReply(message: unknown): void {
    if (!isReply(message)) return;
    const reply = message;
    losses = 0;
    const entry = pending.get(reply.id);
    const isEnd = reply.type === 'result' || reply.type === 'error';
    if (reply.type === 'question') entry?.questions.add(reply.question);
    if (entry !== undefined) post(entry.port, reply);
    if (isEnd) {
      pending.delete(reply.id);
      line?.send({ type: 'delivered', id: reply.id });
    }
  }

  /** The worker was stopped: ask again, word for word. */
  function onLost(): void {
    line = undefined;
    if (pending.size === 0) return;
    const pauseMs = reconnectPausesMs[losses++];
    if (pauseMs === undefined) return endAll('BRIDGE_NOT_RESPONDING');
    schedule(() => {
      const opened = pending.size === 0 ? undefined : openLine();
      for (const { request } of pending.values()) opened?.send(request);
    }, pauseMs);
  }

  return {
    receive(message, port) {
      const request = readPageRequest(message);
      if (request === undefined) {
        const id = idOfRequest(message);
        if (id !== undefined && !pending.has(id)) refuse(port, id, 'BAD_REQUEST');
        return;
      }
      if (request.type === 'cancel') {
        if (pending.get(request.id)?.port !== port) return;
        pending.delete(request.id);
        line?.send(request);
        return;
      }
      if (request.type === 'answer') {
        const entry = pending.get(request.id);
        // Once for each question, and only what was asked.
        if (entry?.port === port && entry.questions.delete(request.question)) line?.send(request);
        return;
      }
      if (pending.has(request.id)) return;
      if (pending.size >= pageLimits.requestsPerDocument)
        return refuse(port, request.id, 'TOO_MANY_REQUESTS');
      pending.set(request.id, { request, port, questions: new Set() });
      openLine()?.send(request);
    },
    leave: () => endAll('PAGE_GONE'),
  };
}
