import { CodedError } from '../../../protocol/coded-error.ts';
import { countLimits } from '../../../protocol/limits.ts';
import { isEndState } from '../../../protocol/session-states.ts';
import type { LastOutcome } from '../../../protocol/ui-messages.ts';
import type { BridgeStore } from '../../storage/bridge-database.ts';
import type { Asker, SessionRecord, SessionRequest } from '../../storage/session-record.ts';
import { effectsOf, type SessionEffect } from './session-effects.ts';
import type { SessionEvent } from './session-events.ts';
import { newSession, reduceSession } from './session-machine.ts';
import { sitePlatformOf } from './site-platform-of.ts';

/** Carries out one effect; what it finds out comes back through `dispatch`. Must not throw on abort. */
export type EffectRunner = (
  session: SessionRecord,
  effect: SessionEffect,
  signal: AbortSignal,
) => Promise<void>;

export interface SessionServiceParts {
  readonly store: BridgeStore;
  readonly run: EffectRunner;
  readonly now: () => number;
  readonly randomId: () => string;
  /** Told after each change that is stored; `previous` is undefined for a new session. */
  readonly onChange: (changed: SessionRecord, previous: SessionRecord | undefined) => void;
}

/** The only owner of sessions. */
export interface SessionService {
  /** Live sessions and those whose end a window still shows, oldest first. */
  all(): readonly SessionRecord[];
  find(id: string): SessionRecord | undefined;
  findRequest(documentId: string, requestId: string): SessionRecord | undefined;
  lastOutcome(): LastOutcome | undefined;
  /** Stores and starts a session; the same request of the same document begins once. Rejects with SESSION_BUSY, TOO_MANY_REQUESTS or STORAGE_UNAVAILABLE. */
  begin(
    asker: Asker,
    request: SessionRequest,
    /** Told the session's id before its work starts. */
    prepare?: (id: string) => void,
  ): Promise<SessionRecord>;
  /** Applies `event`; false when there is no such session (any more). */
  dispatch(id: string, event: SessionEvent): Promise<boolean>;
  /** Starts the work of the sessions that were read from the store; once, when all that effects reach is there. */
  resume(): void;
}

interface Running {
  readonly controller: AbortController;
  readonly effects: Map<string, AbortController>;
  timer?: ReturnType<typeof setTimeout>;
}

/**
 * Reads the store; `resume` goes on with every session in it. Each transition is written before its effects start,
 * so a worker that was stopped anywhere loses nothing but time.
 */
export async function createSessionService(parts: SessionServiceParts): Promise<SessionService> {
  const { store, run, now, randomId, onChange } = parts;
  const sessions = new Map<string, SessionRecord>();
  const running = new Map<string, Running>();
  let last = await store.lastOutcome();
  let queue: Promise<unknown> = Promise.resolve();

  /** One change at a time: a transition never starts from a record that another is about to replace. */
  function inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  }

  async function dispatch(id: string, event: SessionEvent): Promise<boolean> {
    return inOrder(async () => {
      const session = sessions.get(id);
      if (session === undefined) return false;
      const next = reduceSession(session, event, now());
      if (next !== session) await commit(next, session);
      return true;
    });
  }

  async function commit(next: SessionRecord, previous: SessionRecord | undefined): Promise<void> {
    const ended = isEndState(next.state);
    const over = ended && next.settled && next.releases.length === 0 && next.windowId === undefined;
    try {
      await (over ? store.deleteSession(next.id) : store.putSession(next));
      if (ended && previous?.state !== next.state) await noteOutcome(next);
    } catch {
      // A full disk must not keep a running request from its end: go on from memory, say so to whoever begins anew.
      if (previous === undefined) throw new CodedError('STORAGE_UNAVAILABLE');
    }
    if (over) forget(next.id);
    else {
      sessions.set(next.id, next);
      reconcile(next);
    }
    onChange(next, previous);
  }

  async function noteOutcome(session: SessionRecord): Promise<void> {
    const { request, asker, state, outcome } = session;
    if (state !== 'succeeded' && state !== 'cancelled' && state !== 'failed') return;
    last = {
      scene: request.scene,
      origin: asker.origin,
      state,
      at: now(),
      ...(outcome !== undefined && 'error' in outcome ? { errorCode: outcome.error } : {}),
    };
    await store.putLastOutcome(last);
  }

  function forget(id: string): void {
    const active = running.get(id);
    clearTimeout(active?.timer);
    active?.controller.abort();
    running.delete(id);
    sessions.delete(id);
  }

  /** Starts what the session needs and does not have, aborts what it has and does not need. */
  function reconcile(session: SessionRecord): void {
    const active: Running = running.get(session.id) ?? {
      controller: new AbortController(),
      effects: new Map(),
    };
    running.set(session.id, active);
    const wanted = new Map(effectsOf(session).map((effect) => [effect.key, effect]));
    for (const [key, controller] of active.effects) {
      if (wanted.has(key)) continue;
      active.effects.delete(key);
      controller.abort();
    }
    for (const [key, effect] of wanted) {
      if (!active.effects.has(key)) start(session, effect, active);
    }
    watchDeadline(session, active);
  }

  /** Looks again when the clock was set back meanwhile: a timer that fired for nothing must not be the last one. */
  function watchDeadline(session: SessionRecord, active: Running): void {
    clearTimeout(active.timer);
    if (isEndState(session.state)) return;
    const due = () => {
      if (now() < session.deadline) watchDeadline(session, active);
      else void dispatch(session.id, { type: 'deadlineReached' });
    };
    active.timer = setTimeout(due, Math.max(0, session.deadline - now()));
  }

  function start(session: SessionRecord, effect: SessionEffect, active: Running): void {
    const controller = new AbortController();
    active.effects.set(effect.key, controller);
    const signal = AbortSignal.any([active.controller.signal, controller.signal]);
    run(session, effect, signal).catch(
      () => void dispatch(session.id, { type: 'failed', code: 'BRIDGE_INTERNAL' }),
    );
  }

  function findRequest(documentId: string, requestId: string): SessionRecord | undefined {
    return [...sessions.values()].find(
      ({ asker }) => asker.documentId === documentId && asker.requestId === requestId,
    );
  }

  async function begin(
    asker: Asker,
    request: SessionRequest,
    prepare?: (id: string) => void,
  ): Promise<SessionRecord> {
    return inOrder(async () => {
      const same = findRequest(asker.documentId, asker.requestId);
      if (same !== undefined) return same;
      const live = [...sessions.values()].filter((session) => !isEndState(session.state));
      if (live.some((session) => session.asker.documentId === asker.documentId)) {
        throw new CodedError('SESSION_BUSY');
      }
      if (live.length >= countLimits.liveSessions) throw new CodedError('TOO_MANY_REQUESTS');
      const driver = sitePlatformOf(request) === undefined ? 'relay' : 'site';
      const session = newSession({ id: randomId(), asker, request, driver }, now());
      prepare?.(session.id);
      await commit(session, undefined);
      return session;
    });
  }

  for (const session of await store.sessions()) sessions.set(session.id, session);

  return {
    all: () => [...sessions.values()].toSorted((left, right) => left.createdAt - right.createdAt),
    find: (id) => sessions.get(id),
    findRequest,
    lastOutcome: () => last,
    begin,
    dispatch,
    resume() {
      for (const session of sessions.values()) reconcile(session);
    },
  };
}
