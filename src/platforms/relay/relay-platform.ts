import * as v from 'valibot';
import { CodedError } from '../../protocol/coded-error.ts';
import { timeLimits } from '../../protocol/limits.ts';
import { loginTokenSchema, type LoginToken } from '../../protocol/login-token.ts';
import {
  relayEventsSchema,
  relayProtocol,
  relaySessionSchema,
  type RelaySession,
} from '../../protocol/relay-messages.ts';
import { scenes } from '../../protocol/scenes.ts';
import type {
  LoginRequest,
  NumberedHandle,
  NumberedRelayEvent,
  Platform,
  PlatformHandle,
  RelayPlatform,
  RelayRequest,
} from '../platform.ts';
import { exchange, requireSameId, sessionCall } from './relay-exchange.ts';
import { readRelayResult } from './relay-result.ts';
import { relayKeys } from './relay-keys.ts';
import { relaySigning } from './relay-signing.ts';
import { matchingNumber, qrIsBound, requestDigest } from './request-binding.ts';

/** A platform whose front server speaks relay protocol v1 (`RELAY-PROTOCOL.md`). */
export function relayPlatform(description: Pick<Platform, 'id' | 'name' | 'hotline'>): RelayPlatform {
  return {
    ...description,
    offers: scenes.map((scene) => ({ scene, driver: 'relay' })),
    ...relaySigning,
    ...relayKeys,

    async open(request, requestId, environment, signal) {
      const askedAt = environment.now();
      const session = await exchange(
        {
          method: 'POST',
          url: `${environment.frontServer}/sessions`,
          body: { protocol: relayProtocol, requestId, ...request },
        },
        relaySessionSchema,
        timeLimits.preparation,
        environment,
        signal,
      );
      return toHandle(session, request, environment.frontServer, askedAt);
    },

    async renew(handle, request, requestId, environment, signal) {
      const askedAt = environment.now();
      const session = await exchange(
        { ...sessionCall('POST', environment.frontServer, handle, 'renew'), body: { requestId } },
        relaySessionSchema,
        timeLimits.preparation,
        environment,
        signal,
      );
      if (session.businessId === handle.businessId) {
        throw new CodedError('FRONT_SERVER_PROTOCOL', 'renewed under the old business id');
      }
      return toHandle(session, request, environment.frontServer, askedAt);
    },

    async events(handle, after, environment, signal) {
      const path = `events?after=${after}&wait=${timeLimits.eventPoll / 1_000}`;
      const answer = await exchange(
        { ...sessionCall('GET', environment.frontServer, handle, path), holdMs: timeLimits.eventPoll },
        relayEventsSchema,
        timeLimits.preparation + timeLimits.eventPoll,
        environment,
        signal,
      );
      requireSameId(answer.businessId, handle);
      return newEvents(answer.events, after);
    },

    async result(handle, request, environment, signal) {
      const given = await readRelayResult(handle, environment, signal);
      return ownToken(given, handle, request);
    },

    async cancel(handle, environment, signal) {
      await exchange(
        sessionCall('POST', environment.frontServer, handle, 'cancel'),
        v.unknown(),
        timeLimits.frontServerExchange,
        environment,
        signal,
      );
    },
  };
}

function toHandle(
  session: RelaySession,
  request: RelayRequest,
  frontServer: string,
  askedAt: number,
): NumberedHandle {
  const { businessId, secret, qr, expiresIn } = session;
  const digest = requestDigest(request);
  if (!qrIsBound(qr, frontServer, businessId, digest)) {
    throw new CodedError('FRONT_SERVER_PROTOCOL', 'QR is not bound to this request');
  }
  return {
    businessId,
    secret,
    qr,
    matchingNumber: matchingNumber(businessId, digest),
    ...(expiresIn === undefined ? {} : { expiresAt: askedAt + expiresIn * 1_000 }),
  };
}

/** What is above `after`; a front server may repeat events, but may not leave one out. */
function newEvents(events: readonly NumberedRelayEvent[], after: number): readonly NumberedRelayEvent[] {
  const fresh = events.filter((event) => event.sequence > after);
  const gapless = fresh.every((event, index) => event.sequence === after + 1 + index);
  if (!gapless) throw new CodedError('FRONT_SERVER_PROTOCOL', 'gap in the sequence of events');
  if (!fresh.every(isInPlace)) throw new CodedError('FRONT_SERVER_PROTOCOL', 'event out of its place');
  return fresh;
}

/** `scanned` comes first, `identified` right after it, and nobody can confirm without a scan. */
function isInPlace({ sequence, type }: NumberedRelayEvent): boolean {
  if (type === 'scanned') return sequence === 1;
  if (type === 'identified') return sequence === 2;
  return type !== 'confirmed' || sequence > 1;
}

/** The token, if it answers this request under this business id; who signed it is for the site's verifier. */
function ownToken(result: unknown, handle: PlatformHandle, request: LoginRequest): LoginToken {
  const parsed = v.safeParse(loginTokenSchema, result);
  if (!parsed.success) throw new CodedError('FRONT_SERVER_PROTOCOL', 'result is no login token');
  const token = parsed.output;
  if (token.businessId !== handle.businessId || token.origin !== request.origin) {
    throw new CodedError('RESULT_MISMATCH');
  }
  return token;
}
