import * as v from 'valibot';
import { fromBase64 } from '../../lib/bytes.ts';
import { CodedError } from '../../protocol/coded-error.ts';
import { sizeLimits, timeLimits } from '../../protocol/limits.ts';
import { relayIdentitySchema, relaySignaturesSchema } from '../../protocol/relay-messages.ts';
import type { RelayPlatform } from '../platform.ts';
import { readSignerCertificate, signerOf } from '../read-signer.ts';
import { readOfferedSeal } from './offered-seal.ts';
import { exchange, requireSameId, sessionCall } from './relay-exchange.ts';
import { readRelayResult } from './relay-result.ts';
import { requestDigest, signingNumber } from './request-binding.ts';

/** What all scenes with documents have in common of a platform that speaks relay protocol v1, and the signing ones' result. */
export const relaySigning: Pick<RelayPlatform, 'identity' | 'submit' | 'signatures'> = {
  async identity(handle, request, environment, signal) {
    const answer = await exchange(
      {
        ...sessionCall('GET', environment.frontServer, handle, 'identity'),
        maxBytes: sizeLimits.identityAnswerBytes,
        exchangeMs: timeLimits.result,
      },
      relayIdentitySchema,
      timeLimits.result,
      environment,
      signal,
    );
    requireSameId(answer.businessId, handle);
    const certificate = readSignerCertificate(answer.certificate);
    const isBid = request.scene === 'encrypt' || request.scene === 'decrypt';
    if (isBid && answer.seals.length > 0) throw new CodedError('FRONT_SERVER_PROTOCOL', 'seals unasked');
    const { encryptionCertificate } = answer;
    return {
      certificate: answer.certificate,
      chain: answer.chain,
      signer: signerOf(certificate),
      ...(isBid && encryptionCertificate !== undefined ? { encryptionCertificate } : {}),
      seals: answer.seals.map((seal) => readOfferedSeal(seal, certificate, environment.now())),
    };
  },

  async submit(handle, request, toBeSigned, environment, signal) {
    await exchange(
      {
        ...sessionCall('POST', environment.frontServer, handle, 'to-be-signed'),
        body: { toBeSigned },
        exchangeMs: timeLimits.preparation,
      },
      v.unknown(),
      timeLimits.preparation,
      environment,
      signal,
    );
    return signingNumber(handle.businessId, requestDigest(request), toBeSigned.map(fromBase64));
  },

  async signatures(handle, request, identity, environment, signal) {
    const given = await readRelayResult(handle, environment, signal);
    const parsed = v.safeParse(relaySignaturesSchema, given);
    if (!parsed.success) throw new CodedError('FRONT_SERVER_PROTOCOL', 'result is no list of signatures');
    const result = parsed.output;
    const answersRequest =
      result.businessId === handle.businessId &&
      result.origin === request.origin &&
      result.scene === request.scene &&
      result.certificate === identity.certificate &&
      result.signatures.length === request.documents.length;
    if (!answersRequest) throw new CodedError('RESULT_MISMATCH');
    return result.signatures;
  },
};
