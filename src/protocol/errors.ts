import type { ErrorCode } from './error-codes.ts';
import { administratorErrors } from './errors/administrator-errors.ts';
import { bridgeErrors } from './errors/bridge-errors.ts';
import { machineErrors } from './errors/machine-errors.ts';
import { platformErrors } from './errors/platform-errors.ts';
import { siteErrors } from './errors/site-errors.ts';
import { userErrors } from './errors/user-errors.ts';
import type { CatalogueEntry } from './errors/catalogue-entry.ts';

export type { CatalogueEntry, ErrorText, Locale } from './errors/catalogue-entry.ts';

/** What every error means, in both languages. */
export const errorCatalogue: Readonly<Record<ErrorCode, CatalogueEntry>> = {
  ...userErrors,
  ...siteErrors,
  ...administratorErrors,
  ...platformErrors,
  ...machineErrors,
  ...bridgeErrors,
};
