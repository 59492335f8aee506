import type { AbortSignalLike } from '../../lib/abort-signal-like.ts';
import type { SiteAnswer, SiteQuestion, SiteQuestionParams } from '../../protocol/site-flow.ts';

/** Asks the page that runs a session's flow itself. */
export interface SiteChannel {
  /**
   * @throws CodedError SITE_FLOW_FAILED where the page's own work failed, SITE_FLOW_TIMEOUT after
   *   `timeLimits.siteAnswer` (`state` waits as long as `signal` lets it), SITE_FLOW_PROTOCOL where the answer does not
   *   decode, PAGE_GONE, REQUEST_ABORTED
   */
  ask<Q extends SiteQuestion>(
    question: Q,
    params: SiteQuestionParams<Q>,
    signal: AbortSignalLike,
  ): Promise<SiteAnswer<Q>>;
}
