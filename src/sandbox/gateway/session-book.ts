import { randomId, type AnnouncedDocument, type Ask } from './binding.ts';

export type EventType = 'scanned' | 'identified' | 'confirmed' | 'refused' | 'expired' | 'cancelled';

export interface IdentitySeal {
  readonly id: string;
  readonly name: string;
  /** SESeal, base64 DER. */
  readonly seal: string;
}

/** Who scanned, as the phone says. */
export interface Identity {
  /** Base64 DER. */
  readonly certificate: string;
  readonly chain: readonly string[];
  /** Base64 DER, in scenes `encrypt` and `decrypt`, where the phone has one. */
  readonly encryptionCertificate?: string;
  readonly seals: readonly IdentitySeal[];
}

/** One business id. Mutable: the book's functions are the only ones that change it. */
export interface RelaySession {
  readonly base: string;
  readonly businessId: string;
  readonly secret: string;
  readonly scanToken: string;
  readonly ask: Ask;
  /** Milliseconds since the epoch; later once the phone has identified itself. */
  expiresAt: number;
  /** In order; an event's sequence is its index plus one. */
  readonly events: EventType[];
  endedAt?: number;
  /** A later business id has taken its place. */
  renewed: boolean;
  /** Given to the phone that scanned. */
  phoneSecret?: string;
  identity?: Identity;
  /** Base64: one for each document to sign, or for each envelope to open. */
  toBeSigned?: readonly string[];
  result?: unknown;
  readonly listeners: Set<() => void>;
}

export interface SessionBook {
  open(base: string, ask: Ask): RelaySession;
  /** The session, its expiry applied; undefined once forgotten or at another base. */
  find(base: string, businessId: string): RelaySession | undefined;
  /** Records what happened and wakes those who wait. Nothing is recorded after an end. */
  record(session: RelaySession, event: EventType): void;
  /** Keeps who scanned, and gives the session its time for what is still to be chosen and prepared. */
  identify(session: RelaySession, identity: Identity): void;
  /** Resolves at the next event, at the session's expiry, after `seconds` or when `gone` aborts. */
  nextEvent(session: RelaySession, seconds: number, gone: AbortSignal): Promise<void>;
  secondsLeft(session: RelaySession): number;
  sessions(): readonly RelaySession[];
}

export interface SessionTimes {
  readonly clock: () => number;
  readonly lifetimeSeconds: () => number;
  /** An ended session can still be read for this long. */
  readonly retentionMs: number;
}

const identifiedMs = 900_000;
const goesOn: ReadonlySet<EventType> = new Set(['scanned', 'identified']);

/** Sessions in memory. Expiry and forgetting follow the clock at each access: no timer outlives a request. */
export function createSessionBook({ clock, lifetimeSeconds, retentionMs }: SessionTimes): SessionBook {
  const byId = new Map<string, RelaySession>();

  function record(session: RelaySession, event: EventType, at = clock()): void {
    if (session.endedAt !== undefined) return;
    session.events.push(event);
    if (!goesOn.has(event)) session.endedAt = at;
    for (const listener of session.listeners) listener();
  }

  function applyTime(): void {
    const now = clock();
    for (const session of byId.values()) {
      if (now >= session.expiresAt) record(session, 'expired', session.expiresAt);
      if (session.endedAt !== undefined && now >= session.endedAt + retentionMs) {
        byId.delete(session.businessId);
      }
    }
  }

  return {
    open(base, ask) {
      applyTime();
      const session: RelaySession = {
        base,
        businessId: randomId(),
        secret: randomId(),
        scanToken: randomId(),
        ask,
        expiresAt: clock() + lifetimeSeconds() * 1_000,
        events: [],
        renewed: false,
        listeners: new Set(),
      };
      byId.set(session.businessId, session);
      return session;
    },
    find(base, businessId) {
      applyTime();
      const session = byId.get(businessId);
      return session?.base === base ? session : undefined;
    },
    record,
    identify(session, identity) {
      session.identity = identity;
      session.expiresAt = clock() + identifiedMs;
      record(session, 'identified');
    },
    nextEvent: (session, seconds, gone) =>
      new Promise((resolve) => {
        // A timer may fire a millisecond before the wall clock is there.
        const untilExpired = Math.max(0, session.expiresAt - clock()) + 2;
        const wait = Math.min(seconds * 1_000, untilExpired);
        const settle = (): void => {
          clearTimeout(timer);
          session.listeners.delete(settle);
          gone.removeEventListener('abort', settle);
          applyTime();
          resolve();
        };
        const timer = setTimeout(settle, wait);
        session.listeners.add(settle);
        gone.addEventListener('abort', settle);
      }),
    secondsLeft: (session) => Math.max(0, Math.floor((session.expiresAt - clock()) / 1_000)),
    sessions() {
      applyTime();
      return [...byId.values()];
    },
  };
}

/** `waiting` until something happened, then the last event. */
export function stateOf(session: RelaySession): EventType | 'waiting' {
  return session.events.at(-1) ?? 'waiting';
}

/** What is to be signed, encrypted or opened; undefined for a login. */
export function documentsOf({ ask }: RelaySession): readonly AnnouncedDocument[] | undefined {
  return 'documents' in ask ? ask.documents : undefined;
}

/** To which the phone wraps what it opens; undefined where it opens nothing. */
export function oneTimeKeyOf({ ask }: RelaySession): string | undefined {
  return 'oneTimeKey' in ask ? ask.oneTimeKey : undefined;
}
