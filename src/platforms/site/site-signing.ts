import type { Certificate } from '../../gm/certificate.ts';
import { codeOf, CodedError } from '../../protocol/coded-error.ts';
import type { OfferedSeal, Platform } from '../platform.ts';
import { readSignerCertificate, signerOf } from '../read-signer.ts';
import { readOfferedSeal } from '../relay/offered-seal.ts';
import type { SiteChannel } from './site-channel.ts';
import { readSiteEnvelope } from './site-envelope.ts';

/** What the scenes with documents ask of the page, and the signing ones' result. */
export function siteSigning(channel: SiteChannel): Pick<Platform, 'identity' | 'submit' | 'signatures'> {
  return {
    async identity({ businessId }, { scene }, environment, signal) {
      const answer = await channel.ask('identity', { businessId }, signal);
      const { chain, seals, encryptionCertificate } = answer;
      const certificate = readSignerCertificate(answer.certificate);
      const isBid = scene === 'encrypt' || scene === 'decrypt';
      if (isBid && seals.length > 0) throw new CodedError('SITE_FLOW_PROTOCOL', 'seals unasked');
      return {
        certificate: answer.certificate,
        chain,
        signer: signerOf(certificate),
        ...(isBid && encryptionCertificate !== undefined ? { encryptionCertificate } : {}),
        seals: seals.map((seal, index) => readSeal(seal, index, certificate, environment.now())),
      };
    },

    async submit({ businessId }, { scene }, toBeSigned, _environment, signal) {
      if (scene === 'decrypt') {
        await channel.ask('envelopes', { businessId, envelopes: toBeSigned.map(readSiteEnvelope) }, signal);
      } else {
        await channel.ask('submit', { businessId, toBeSigned: [...toBeSigned] }, signal);
      }
      return undefined;
    },

    async signatures({ businessId }, { documents }, _identity, _environment, signal) {
      const { signatures } = await channel.ask('signatures', { businessId }, signal);
      if (signatures.length !== documents.length) {
        throw new CodedError('SITE_FLOW_PROTOCOL', 'not one signature for each document');
      }
      return signatures;
    },
  };
}

function readSeal(seal: string, index: number, certificate: Certificate, now: number): OfferedSeal {
  try {
    // What is shown of a seal is what its maker signed: it needs no name besides.
    return readOfferedSeal({ id: `seal-${index + 1}`, name: '-', seal }, certificate, now);
  } catch (error) {
    if (codeOf(error) !== 'FRONT_SERVER_PROTOCOL') throw error;
    throw new CodedError('SITE_FLOW_PROTOCOL', 'not a seal');
  }
}
