import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { commandExits } from './command.ts';
import { commandTable } from './command-table.ts';
import { chooseLanguage } from './language.ts';
import { runCommandLine } from './run-command-line.ts';

// Whoever reads our output may stop reading.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const [node, script = '.', ...args] = process.argv;

runCommandLine(commandTable, args, {
  env: process.env,
  platform: process.platform,
  language: chooseLanguage(process.env),
  programFolder: dirname(realpathSync(script)),
  node: node ?? process.execPath,
  write: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
}).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`ca-bridge: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = commandExits.failed;
  },
);
