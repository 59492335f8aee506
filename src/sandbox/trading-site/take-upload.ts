import { displayableName } from '../../lib/displayable-name.ts';
import { sizeLimits } from '../../protocol/limits.ts';
import { inspectBid, type TrustAnchors } from '../../verifier/verifier.ts';
import { BodyTooLarge, jsonAnswer, type Answer, type Exchange } from '../http/exchange.ts';
import type { BidStore } from './bid-store.ts';
import type { LoggedIn } from './logged-in.ts';
import type { Project } from './projects.ts';
import { refusal } from './site-codes.ts';

export interface UploadTaker {
  readonly store: BidStore;
  readonly anchors: TrustAnchors;
  readonly clock: () => number;
}

const bidsOfOneProject = 1_000;
const tooLate = jsonAnswer(409, refusal('OPENING_TIME_PASSED'));

/** What the page says of an upload: the file's name, and the digest in its receipt. */
interface Announced {
  readonly name: string;
  readonly expectedSm3: string;
}

function announcedBy({ query, headers }: Exchange): Announced | undefined {
  const name = query.get('name') ?? '';
  const expectedSm3 = headers['x-receipt-sm3'];
  const isNamed = name !== '' && name.length <= sizeLimits.documentName;
  if (!isNamed || typeof expectedSm3 !== 'string' || !/^[0-9a-f]{64}$/.test(expectedSm3)) return undefined;
  return { name: displayableName(name), expectedSm3 };
}

/**
 * Takes an encrypted file into the project: 201 with what was checked, 422 with what is wrong with it. What came in
 * whole before the opening time counts, however long it takes to check it.
 */
export async function takeUpload(
  exchange: Exchange,
  project: Project,
  caller: LoggedIn | undefined,
  { store, anchors, clock }: UploadTaker,
): Promise<Answer> {
  const { stream } = exchange;
  const announced = announcedBy(exchange);
  if (announced === undefined || stream === undefined) return jsonAnswer(400, refusal('BAD_REQUEST'));
  if (clock() >= project.openingTime) return tooLate;
  if (project.bids().length >= bidsOfOneProject) return jsonAnswer(409, refusal('TOO_MANY_BIDS'));

  const path = await store.receive(stream).catch((error: unknown) => {
    if (error instanceof BodyTooLarge) return undefined;
    throw error;
  });
  if (path === undefined) return jsonAnswer(413, refusal('TOO_LARGE'));
  let isTaken = false;
  try {
    const uploadedAt = clock();
    if (uploadedAt >= project.openingTime) return tooLate;
    const bidder = caller && { organisation: caller.organisation, creditCode: caller.creditCode };
    const inspected = await inspectBid({
      file: path,
      recipients: project.recipients,
      ...(bidder === undefined || bidder.creditCode === '' ? {} : { bidder }),
      expectedSm3: announced.expectedSm3,
      openingTime: new Date(project.openingTime),
      anchors,
      now: new Date(uploadedAt),
    });
    if (!inspected.ok) return jsonAnswer(422, { error: inspected.code, reason: inspected.reason });
    const { size, sm3, plainSize, recipients, warnings } = inspected;
    const facts = { name: announced.name, size, sm3, plainSize, recipients, warnings, uploadedAt };
    const { bid, replaced } = project.take({ ...facts, ...(bidder && { bidder }) }, path);
    isTaken = true;
    if (replaced !== undefined) await store.remove(replaced.path);
    return jsonAnswer(201, bid);
  } finally {
    if (!isTaken) await store.remove(path);
  }
}
