import type { FindingCode } from './finding-codes.ts';
import { certificateFindings } from './verification-findings/certificate-findings.ts';
import { changeFindings } from './verification-findings/change-findings.ts';
import { contentFindings } from './verification-findings/content-findings.ts';
import { documentFindings } from './verification-findings/document-findings.ts';
import type { FindingTexts } from './verification-findings/finding-text.ts';
import { sealFindings } from './verification-findings/seal-findings.ts';

export type { FindingText, FindingTexts } from './verification-findings/finding-text.ts';

/** What every finding means to a bidder, in both languages. */
export const findingTexts: Readonly<Record<FindingCode, FindingTexts>> = {
  ...documentFindings,
  ...contentFindings,
  ...certificateFindings,
  ...sealFindings,
  ...changeFindings,
};
