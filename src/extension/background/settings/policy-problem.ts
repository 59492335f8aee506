import * as v from 'valibot';

const shown = 3;
const longestReason = 160;

/**
 * What is wrong with a policy, for an administrator: up to three places, each with its reason.
 * @param issues at least one
 */
export function policyProblemOf(issues: readonly v.BaseIssue<unknown>[]): string {
  const places = [...new Set(issues.map(describe))];
  const more = places.length - shown;
  const told = places.slice(0, shown).join('; ');
  return more > 0 ? `${told}; and ${more} more` : told;
}

/** A reason may quote the value, which may be of any length. */
function describe(issue: v.BaseIssue<unknown>): string {
  const message = issue.expected === 'never' ? 'no such entry' : issue.message;
  const reason = message.length > longestReason ? `${message.slice(0, longestReason)}…` : message;
  const path = v.getDotPath(issue);
  return path === null ? reason : `${path}: ${reason}`;
}
