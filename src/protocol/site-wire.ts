import * as v from 'valibot';
import { isBoundedData } from '../lib/bounded-data.ts';
import { sizeLimits } from './limits.ts';
import { questionIdPattern } from './page-wire-names.ts';
import { platformIdSchema } from './platform-ids.ts';

/** Driver `site` on the page's wire; what is asked and answered is in `site-flow.ts`. */

/** In a request's parameters: the page itself runs the flow of this platform. */
export const siteSchema = v.strictObject({ platform: platformIdSchema });

/** The same for the same question, however often a restarted worker repeats it. */
export const questionIdSchema = v.pipe(v.string(), v.regex(questionIdPattern));

/** Ten seals with their certificates are the largest answer. */
const answerBounds = { characters: sizeLimits.identityAnswerBytes, values: 1_000, depth: 6 };

/** What a page answers, not decoded yet but small and plain enough to be passed on. */
export const answerValueSchema = v.custom<unknown>((value) => isBoundedData(value, answerBounds));
