import type {
  BidWarning,
  FileFacts,
  OpeningPurpose,
  Receipt,
  Recipient,
} from '../../../../src/protocol/bids.ts';
import type { DocumentDigest } from '../../../../src/protocol/documents.ts';
import type { ErrorCode } from '../../../../src/protocol/error-codes.ts';
import type { SessionState } from '../../../../src/protocol/session-states.ts';
import type { BidFileView, BidView } from '../../../../src/protocol/bid-view.ts';
import type { SessionView } from '../../../../src/protocol/ui-messages.ts';
import { sessionView } from './session-view.ts';

export const openingTime = Date.UTC(2026, 7, 21, 1, 0);

/** 64 hexadecimal digits that differ with `seed`. */
export const digest = (seed: number): string =>
  Array.from({ length: 8 }, (_, word) =>
    (((seed * 8 + word + 1) * 2_654_435_769) % 2 ** 32).toString(16).padStart(8, '0'),
  ).join('');

export const bidder: Recipient = {
  name: '湛江市海湾建设工程有限公司',
  organization: '湛江市海湾建设工程有限公司',
  creditCode: '91440800MA4W1X2Y3Z',
  serialNumber: '4a1f00c29e88d1',
  fingerprint: digest(1),
  notBefore: Date.UTC(2025, 7, 1),
  notAfter: Date.UTC(2027, 7, 1, 15, 59),
};

export const center: Recipient = {
  name: '湛江市公共资源交易中心',
  organization: '湛江市公共资源交易中心',
  serialNumber: '10ab77',
  fingerprint: digest(2),
  notBefore: Date.UTC(2024, 0, 1),
  notAfter: Date.UTC(2034, 0, 1),
};

/** The bidder's certificate after a new one was issued. */
export const reissued: Recipient = { ...bidder, serialNumber: '5b2e11d3af99e2', fingerprint: digest(3) };

/** Another company's. */
export const stranger: Recipient = {
  ...bidder,
  name: '茂名市远航建材有限公司',
  organization: '茂名市远航建材有限公司',
  creditCode: '91440900MA5ABCDE1F',
  serialNumber: '77d0aa3142',
  fingerprint: digest(4),
};

export const plainFacts = (index = 1): FileFacts => ({
  name: `投标文件-第${index}标段.pdf`,
  size: 1_234_567 * index,
  sm3: digest(10 + index),
});

export const cipherFacts = (index = 1): DocumentDigest => ({
  name: `投标文件-第${index}标段.pdf.cabid`,
  size: 1_240_000 * index,
  sm3: digest(30 + index),
});

export const receipt = (index = 1, changes: Partial<Receipt> = {}): Receipt => ({
  id: `0a1b2c3d-0000-4000-8000-${String(index).padStart(12, '0')}`,
  site: 'https://ggzy.zhanjiang.gov.cn',
  encryptedAt: Date.UTC(2026, 7, 18, 6, 20),
  openingTime,
  format: 'bid',
  plain: plainFacts(index),
  cipher: cipherFacts(index),
  recipients: [bidder, center],
  ...changes,
});

export const goodFile = (
  warnings: readonly BidWarning[] = [],
  recipients = [bidder, center],
): BidFileView => ({
  ok: true,
  recipients,
  warnings,
});

export const openedFile = (index: number): BidFileView => ({
  ...goodFile(),
  ok: true,
  warnings: [],
  plain: plainFacts(index),
});

export const badFile = (
  code: ErrorCode,
  recipients: readonly Recipient[] = [bidder, center],
): BidFileView => ({
  ok: false,
  recipients,
  code,
});

const noFiles: BidView = { files: [], scanAgain: false, awaitsSaving: false };

/** A session that encrypts one file, or as many as there are receipts. */
export function encryptView(
  state: SessionState,
  bid: Partial<BidView> = {},
  changes: Partial<SessionView> = {},
): SessionView {
  const documents = (bid.receipts ?? [receipt()]).map(({ plain }) => plain);
  return sessionView(state, { scene: 'encrypt', documents, bid: { ...noFiles, ...bid }, ...changes });
}

/** A session that opens, tries or compares `files`. */
export function decryptView(
  state: SessionState,
  files: readonly BidFileView[],
  bid: Partial<BidView> & { readonly purpose?: OpeningPurpose } = {},
  changes: Partial<SessionView> = {},
): SessionView {
  return sessionView(state, {
    scene: 'decrypt',
    documents: files.map((_, index) => cipherFacts(index + 1)),
    bid: { ...noFiles, purpose: 'open', ...bid, files },
    ...changes,
  });
}
