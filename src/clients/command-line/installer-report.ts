import type { ClientKind } from '../../protocol/native-messages.ts';
import { browsers, type BrowserId, type Scope } from '../installer/browsers.ts';
import { codeOf } from '../installer/file-store.ts';
import { InstallerError } from '../installer/installer-error.ts';
import { commandExits, type CommandContext, type CommandExit } from './command.ts';
import { clientTexts, problemTexts, scopeTexts, stateTexts } from './installer-texts.ts';
import { shownPath } from './shown-path.ts';

export interface InstallerResult {
  readonly scope: Scope;
  readonly browser: BrowserId;
  readonly client: ClientKind;
  readonly state: keyof typeof stateTexts;
  /** File or registry key that the state is about. */
  readonly place: string;
}

/**
 * Carries out a command of the installer and tells its results, a line each or all as one JSON object. Ends well when
 * every result has a state of `wanted`.
 */
export async function reportInstaller(
  context: CommandContext,
  json: boolean,
  wanted: readonly InstallerResult['state'][],
  work: () => Promise<readonly InstallerResult[]>,
): Promise<CommandExit> {
  let results: readonly InstallerResult[];
  try {
    results = await work();
  } catch (error) {
    return reportFailure(context, json, error);
  }
  const done = results.every(({ state }) => wanted.includes(state));
  context.write(json ? jsonText({ done, results }) : results.map((result) => line(context, result)).join(''));
  return done ? commandExits.done : commandExits.failed;
}

function line(
  { language }: CommandContext,
  { scope, browser, client, state, place }: InstallerResult,
): string {
  const where = `${browsers[browser].name} (${scopeTexts[scope][language]})`;
  return `${where}: ${clientTexts[client][language]}: ${stateTexts[state][language]}: ${shownPath(place)}\n`;
}

function reportFailure(context: CommandContext, json: boolean, error: unknown): CommandExit {
  const { problem, subject } = describeFailure(error);
  if (json) context.write(jsonText({ done: false, problem, subject }));
  const text = problemTexts[problem][context.language].replace('{}', () => shownPath(subject));
  context.writeError(`ca-bridge: ${text}\n`);
  return problem === 'noRights' || problem === 'registryRefused'
    ? commandExits.noRights
    : commandExits.failed;
}

function describeFailure(error: unknown): { problem: keyof typeof problemTexts; subject: string } {
  if (error instanceof InstallerError) return { problem: error.problem, subject: error.subject };
  const message = error instanceof Error ? error.message : String(error);
  if (!['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error) ?? ''))
    return { problem: 'other', subject: message };
  const path = error instanceof Error && 'path' in error ? error.path : undefined;
  return { problem: 'noRights', subject: typeof path === 'string' ? path : message };
}

const jsonText = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
