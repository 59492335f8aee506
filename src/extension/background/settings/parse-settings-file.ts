import * as v from 'valibot';
import { CodedError } from '../../../protocol/coded-error.ts';
import { settingsLimits, settingsSchema, type Settings } from '../../../protocol/settings.ts';
import { tidied } from './stored-settings.ts';

/**
 * Reads a settings file: JSON of `settingsSchema`, whole and with nothing beside it.
 * @throws CodedError SETTINGS_INVALID
 */
export function parseSettingsFile(text: string): Settings {
  if (text.length > settingsLimits.fileText) throw new CodedError('SETTINGS_INVALID', 'too long');
  const parsed = v.safeParse(settingsSchema, parseJson(text));
  if (!parsed.success) throw new CodedError('SETTINGS_INVALID');
  return tidied(parsed.output);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CodedError('SETTINGS_INVALID', 'no JSON');
  }
}
