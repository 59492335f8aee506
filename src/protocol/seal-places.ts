import * as v from 'valibot';
import { countLimits, sizeLimits } from './limits.ts';

/**
 * Where a seal goes. Coordinates are PDF points (1/72 inch) from the lower left corner of the page as it is
 * displayed, to the middle of the seal.
 */
const coordinate = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(20_000));
const pageNumber = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000));
const offset = v.pipe(v.number(), v.finite(), v.minValue(-20_000), v.maxValue(20_000));

const pointSchema = v.strictObject({
  kind: v.literal('point'),
  /** From 1. */
  page: pageNumber,
  x: coordinate,
  y: coordinate,
});

const allPagesSchema = v.strictObject({ kind: v.literal('allPages'), x: coordinate, y: coordinate });

/** 骑缝章: the seal in slices, one a page, across the pages' right edges. */
const seamSchema = v.strictObject({
  kind: v.literal('seam'),
  y: coordinate,
  firstPage: v.optional(pageNumber),
  lastPage: v.optional(pageNumber),
});

/** Over each occurrence of a text, or only over one of them; the prompt window finds it and shows where. */
const keywordSchema = v.strictObject({
  kind: v.literal('keyword'),
  text: v.pipe(v.string(), v.minLength(1), v.maxLength(sizeLimits.keyword)),
  /** From 1; all occurrences unless told. */
  occurrence: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000))),
  /** Points to the right and up from the middle of the text. */
  dx: v.optional(offset),
  dy: v.optional(offset),
});

/** A place as a site may propose it. */
export const proposedPlaceSchema = v.variant('kind', [
  pointSchema,
  allPagesSchema,
  seamSchema,
  keywordSchema,
]);
export const proposedPlacesSchema = v.pipe(v.array(proposedPlaceSchema), v.maxLength(countLimits.sealPlaces));

/** A place as the client carries it out: a keyword has become points. */
export const sealPlaceSchema = v.variant('kind', [pointSchema, allPagesSchema, seamSchema]);
export const sealPlacesSchema = v.pipe(
  v.array(sealPlaceSchema),
  v.minLength(1),
  v.maxLength(countLimits.sealPlaces),
);

export type ProposedPlace = v.InferOutput<typeof proposedPlaceSchema>;
export type SealPlace = v.InferOutput<typeof sealPlaceSchema>;

/** What the signature field holds: SM2 CMS (`adbe.pkcs7.detached`) or SES_Signature of GB/T 38540. */
export const sealFormats = ['cms', 'ses'] as const;
export type SealFormat = (typeof sealFormats)[number];
export const sealFormatSchema = v.picklist(sealFormats);
