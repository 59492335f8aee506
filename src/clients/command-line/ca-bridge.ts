import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { isatty } from 'node:tty';
import { commandExits, type Terminal } from './command.ts';
import { commandTable } from './command-table.ts';
import { askSecret } from './keys/ask-secret.ts';
import { chooseLanguage } from './language.ts';
import { runCommandLine } from './run-command-line.ts';

// Whoever reads our output may stop reading.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const terminal: Terminal = {
  showsErrors: isatty(2),
  ...(isatty(0) && {
    askSecret: (prompt, signal) =>
      askSecret({
        input: process.stdin,
        write: (text) => void process.stderr.write(text),
        prompt,
        signal,
      }),
  }),
};

const [node, script = '.', ...args] = process.argv;

runCommandLine(commandTable, args, {
  env: process.env,
  platform: process.platform,
  language: chooseLanguage(process.env),
  programFolder: dirname(realpathSync(script)),
  node: node ?? process.execPath,
  terminal,
  write: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
}).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`ca-bridge: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = commandExits.failed;
  },
);
