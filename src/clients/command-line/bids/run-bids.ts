import { basename } from 'node:path';
import { UsageError, type CommandContext } from '../command.ts';
import { sweepParts } from '../files/sweep-parts.ts';
import type { Language } from '../language.ts';
import { shownPath } from '../shown-path.ts';
import { bidExits } from './bid-exits.ts';
import { failureOf, interrupted, type Failure } from './failure.ts';
import { createProgressLine, phaseTexts, type Phase } from './progress-line.ts';
import { untilInterrupted } from './until-interrupted.ts';

/** What the work on one file may use. */
export interface FileWork {
  readonly signal: AbortSignal;
  /** Gives what takes the progress of a part of the work. */
  readonly phase: (phase: Phase) => (done: number, total: number) => void;
}

export interface BidRun<Prepared, Done extends object> {
  readonly inputs: readonly string[];
  /** Folders of the outputs: what killed processes left of theirs is removed. */
  readonly folders: readonly string[];
  readonly json: boolean;
  readonly language: Language;
  /** What all files need. @throws UsageError; else what keeps every file from being worked on */
  readonly prepare: (signal: AbortSignal) => Promise<Prepared>;
  /** Works on one file. */
  readonly work: (input: string, prepared: Prepared, work: FileWork) => Promise<Done>;
  /** What is told of a file that succeeded: lines. */
  readonly tell: (done: Done) => string;
  /** Overwrites what is secret. */
  readonly release?: (prepared: Prepared) => void;
}

type Outcome<Done> =
  | { readonly ok: true; readonly input: string; readonly done: Done }
  | { readonly ok: false; readonly input: string; readonly failure: Failure };

/**
 * Works on files one after the other, each by itself, and tells what became of each: as it ends, or in one JSON object.
 * @returns one of `bidExits`
 * @throws UsageError
 */
export function runBids<Prepared, Done extends object>(
  context: CommandContext,
  run: BidRun<Prepared, Done>,
): Promise<number> {
  return untilInterrupted(async (signal) => {
    await Promise.all([...new Set(run.folders)].map(sweepParts));
    let prepared: Prepared;
    try {
      prepared = await run.prepare(signal);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      return refuse(context, run, failureOf(error));
    }
    try {
      const outcomes = await workOnAll(context, run, prepared, signal);
      return report(context, run, outcomes);
    } finally {
      run.release?.(prepared);
    }
  });
}

async function workOnAll<Prepared, Done extends object>(
  context: CommandContext,
  run: BidRun<Prepared, Done>,
  prepared: Prepared,
  signal: AbortSignal,
): Promise<Outcome<Done>[]> {
  const line = createProgressLine(
    context.terminal.showsErrors ? (text) => context.writeError(text) : undefined,
  );
  const workOn = async (input: string): Promise<Outcome<Done>> => {
    const phase = (name: Phase) => line.begin(basename(input), phaseTexts[name][run.language]);
    try {
      if (signal.aborted) throw interrupted();
      return { ok: true, input, done: await run.work(input, prepared, { signal, phase }) };
    } catch (error) {
      return { ok: false, input, failure: failureOf(error) };
    }
  };
  const outcomes: Outcome<Done>[] = [];
  for (const input of run.inputs) {
    const outcome = await workOn(input);
    line.clear();
    outcomes.push(outcome);
    if (!outcome.ok) tellFailure(context, run, outcome.failure, input);
    else if (!run.json) context.write(run.tell(outcome.done));
  }
  return outcomes;
}

function report<Prepared, Done extends object>(
  context: CommandContext,
  { json, language }: BidRun<Prepared, Done>,
  outcomes: readonly Outcome<Done>[],
): number {
  const good = outcomes.filter(({ ok }) => ok).length;
  const done = good === outcomes.length;
  if (json) {
    const results = outcomes.map((outcome) =>
      outcome.ok
        ? { ok: true, input: outcome.input, ...outcome.done }
        : { ok: false, input: outcome.input, ...asJson(outcome.failure, language) },
    );
    context.write(jsonText({ done, results }));
  }
  if (done) return bidExits.all;
  return good > 0 ? bidExits.some : bidExits.none;
}

function refuse<Prepared, Done extends object>(
  context: CommandContext,
  run: BidRun<Prepared, Done>,
  failure: Failure,
): number {
  tellFailure(context, run, failure);
  if (run.json) context.write(jsonText({ done: false, ...asJson(failure, run.language), results: [] }));
  return bidExits.none;
}

function tellFailure(
  context: CommandContext,
  { language }: { readonly language: Language },
  { text }: Failure,
  input?: string,
): void {
  const about = input === undefined ? '' : `${shownPath(input)}: `;
  context.writeError(`ca-bridge: ${about}${text[language]}\n`);
}

function asJson({ code, path, text }: Failure, language: Language): object {
  return { code, ...(path === undefined ? {} : { path }), message: text[language] };
}

const jsonText = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
