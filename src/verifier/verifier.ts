/**
 * What a trading site's back end (Node 20 and later) needs to let CA Bridge's users log in. The page asks for a
 * challenge, calls `login({ challenge })` of the SDK, and posts the token; the back end verifies it:
 *
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { createChallengeBook, readTrustAnchors, verifyLogin } from './verifier.js';
 *
 * const origin = 'https://ggzy.zhanjiang.gov.cn';
 * const anchors = readTrustAnchors(readFileSync('authorities.pem', 'utf8'));
 * const challenges = createChallengeBook();
 *
 * app.post('/challenge', (request, response) => {
 *   request.session.challenge = challenges.issue(request.session.id);
 *   response.json({ challenge: request.session.challenge });
 * });
 * app.post('/login', async (request, response) => {
 *   const { id: sessionKey, challenge } = request.session;
 *   const result = await verifyLogin({ token: request.body.token, challenge, sessionKey, origin, anchors, challenges });
 *   if (!result.ok) return response.status(401).json({ error: result.code });
 *   await startSession(request, result.subject); // under a new session id
 *   return response.json({ name: result.subject.name });
 * });
 * ```
 *
 * Authorities come from PEM or DER and are the administrator's choice: whoever they certify can log in. A site on
 * several nodes implements `ChallengeStore` over its shared database. `verifyLogin` does not look at revocation;
 * `verifyFile` does, by the lists that it is given:
 *
 * ```ts
 * const report = await verifyFile({ file: readFileSync('bid.pdf'), anchors, crls: [readFileSync('authority.crl')] });
 * if (report.verdict === 'invalid') …
 * ```
 *
 * `inspectBid` says of an uploaded encrypted bid, without any key and at any size, whether it is whole, and whether
 * the trading centre and the bidder can open it:
 *
 * ```ts
 * const bid = await inspectBid({
 *   file: uploadedPath, // of the request's body, written to disk as it came
 *   expectedSm3: receipt.cipher.sm3,
 *   recipients: [readFileSync('centre.cer')],
 *   bidder: { creditCode: subject.creditCode },
 *   openingTime: project.openingTime,
 *   anchors,
 * });
 * if (!bid.ok) return response.status(422).json({ error: bid.code, reason: bid.reason });
 * ```
 */
export { createChallengeBook, type ChallengeBook, type ChallengeBookOptions } from './challenge-book.ts';
export {
  inspectBid,
  type BidInspection,
  type BidRefusalReason,
  type BidWarning,
  type InspectedBid,
  type Recipient,
} from './inspect-bid.ts';
export type { ChallengeStore, ChallengeVerdict } from './challenge-store.ts';
export { verifyFile, type FileVerification, type VerificationReport } from './verify-file.ts';
export { readTrustAnchors, type TrustAnchors } from './trust-anchors.ts';
export {
  verifyLogin,
  type LoginAttempt,
  type LoginRefusal,
  type LoginResult,
  type LoginSubject,
} from './verify-login.ts';
