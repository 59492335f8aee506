import type { PlatformId } from '../protocol/platform-ids.ts';
import type { Scene } from '../protocol/scenes.ts';
import type { SiteAnswer, SiteQuestion, SiteQuestionParams, SiteState } from '../protocol/site-flow.ts';

/** What a QR is asked for; `documents` as the client on this PC read them, empty for `login`. */
export interface SiteRequest {
  scene: Scene;
  documents: { name: string; size: number; sm3: string }[];
  /** Of scene `decrypt`. */
  purpose?: 'check' | 'rehearse' | 'open' | undefined;
  /** Of scene `decrypt`: 04 ‖ x ‖ y, base64. Give it to a platform that can wrap keys to it. */
  oneTimeKey?: string | undefined;
}

/** A QR of the platform's front server. */
export interface SiteQr {
  /** The front server's id of this QR: letters, digits, `-`, `_`, at most 64. */
  businessId: string;
  /** Text that the QR encodes. */
  qr: string;
  /** Seconds, only where the front server gave them. */
  expiresIn?: number | undefined;
}

/** Who scanned; base64 DER. */
export interface SiteIdentity {
  certificate: string;
  /** Issuers without the root. */
  chain: string[];
  encryptionCertificate?: string | undefined;
  /** SESeal of GB/T 38540; empty where nothing is sealed. */
  seals: string[];
}

/** The envelope of one encrypted file. */
export interface SiteEnvelope {
  /** Of the encrypted file: one of the request's documents. */
  sm3: string;
  /** ContentInfo with EnvelopedData of GM/T 0010, base64 DER. */
  envelope: string;
}

/** A content key: `wrapped` to the request's one-time key (SM2Cipher, DER), or `bare`; base64. */
export interface SiteKey {
  form: 'wrapped' | 'bare';
  key: string;
}

/**
 * The flow of a platform as the site runs it, each step over its own back end. A step that rejects ends the request
 * with SITE_FLOW_FAILED, but `state` is tried again for 15 seconds. Every signal aborts when the request ends.
 */
export interface SiteFlow {
  readonly platform: PlatformId;
  /**
   * A QR for this request; with `after` a new one in place of that business id. Within 30 seconds. The same
   * `openingId` is to give the same QR.
   */
  open(
    request: SiteRequest,
    options: {
      readonly after?: string | undefined;
      readonly openingId: string;
      readonly signal: AbortSignal;
    },
  ): Promise<SiteQr>;
  /** Resolves once the state is another than `after`, or after a while with the same. */
  state(
    businessId: string,
    after: 'waiting' | 'scanned' | 'identified',
    signal: AbortSignal,
  ): Promise<SiteState>;
  /** After `identified`, in all scenes but `login`. */
  identity?(businessId: string, signal: AbortSignal): Promise<SiteIdentity>;
  /** Hands over what is to be signed, base64, one for each document. */
  submit?(businessId: string, toBeSigned: readonly string[], signal: AbortSignal): Promise<void>;
  /** After `confirmed`: one signature for each, DER SEQUENCE { r, s }, base64. */
  signatures?(businessId: string, signal: AbortSignal): Promise<string[]>;
  /** 授权解密: hands up one envelope for each file that the certificate can open. */
  envelopes?(businessId: string, envelopes: readonly SiteEnvelope[], signal: AbortSignal): Promise<void>;
  /** After `confirmed`: one content key for each envelope, null where it could not be opened. */
  keys?(businessId: string, signal: AbortSignal): Promise<(SiteKey | null)[]>;
  /** Nobody waits for this business id any more. */
  cancel?(businessId: string): unknown;
}

/** A question of the bridge, as `protocol/site-flow.ts` has it. */
export type AskedQuestion = {
  [Q in SiteQuestion]: { readonly question: string; readonly ask: Q; readonly params: SiteQuestionParams<Q> };
}[SiteQuestion];

export interface SiteDesk {
  take(asked: AskedQuestion): void;
  /** Aborts what is under way; what was opened for nothing is cancelled. */
  end(isDone: boolean): void;
}

/** Answers the questions of one request from `flow`, each once however often it comes. */
export function createSiteDesk(
  flow: SiteFlow,
  send: (answer: { question: string; value?: unknown; failed?: true }) => void,
): SiteDesk {
  const ended = new AbortController();
  const answers = new Map<string, Promise<SiteAnswer<SiteQuestion>>>();
  const opened = new Set<string>();
  let watch = new AbortController();

  function release(businessId: string): void {
    if (!opened.delete(businessId)) return;
    // What goes wrong in the page's own work must not keep the request from its end.
    try {
      Promise.resolve(flow.cancel?.(businessId)).catch(() => undefined);
    } catch {
      // See above.
    }
  }

  async function work({ ask, params }: AskedQuestion): Promise<SiteAnswer<SiteQuestion>> {
    const { signal } = ended;
    switch (ask) {
      case 'open': {
        const { request, after, openingId } = params;
        const shown = await flow.open(request, { after, openingId, signal });
        if (after !== undefined) opened.delete(after);
        opened.add(shown.businessId);
        if (signal.aborted) release(shown.businessId);
        return shown;
      }
      case 'state': {
        // One question at a time: an older one is of an earlier worker, or of an earlier QR.
        watch.abort();
        watch = new AbortController();
        const either = AbortSignal.any([signal, watch.signal]);
        return { state: await flow.state(params.businessId, params.after, either) };
      }
      case 'identity':
        return has(flow.identity).call(flow, params.businessId, signal);
      case 'submit':
        await has(flow.submit).call(flow, params.businessId, params.toBeSigned, signal);
        return {};
      case 'signatures':
        return { signatures: await has(flow.signatures).call(flow, params.businessId, signal) };
      case 'envelopes':
        await has(flow.envelopes).call(flow, params.businessId, params.envelopes, signal);
        return {};
      case 'keys':
        return { keys: await has(flow.keys).call(flow, params.businessId, signal) };
      case 'cancel':
        release(params.businessId);
        return {};
    }
  }

  return {
    take(asked) {
      const { question } = asked;
      const answer = answers.get(question) ?? work(asked);
      if (asked.ask !== 'state') answers.set(question, answer);
      const give = (said: { value: unknown } | { failed: true }) => {
        if (!ended.signal.aborted) send({ question, ...said });
      };
      // It fails by what the page's own work threw, and by what cannot be cloned.
      answer.then((value) => give({ value })).catch(() => give({ failed: true }));
    },
    end(isDone) {
      ended.abort();
      if (!isDone) for (const businessId of opened) release(businessId);
    },
  };
}

/** What the bridge is told of `flow`. */
export function siteOf(flow: SiteFlow | undefined): { platform: PlatformId } | undefined {
  return flow && { platform: flow.platform };
}

/** A step that this page's flow does not have fails. */
function has<Step>(step: Step | undefined): Step {
  if (step === undefined) throw new TypeError();
  return step;
}
