import { decryptCommand } from './bids/decrypt-command.ts';
import { encryptCommand } from './bids/encrypt-command.ts';
import { inspectCommand } from './bids/inspect-command.ts';
import type { Command } from './command.ts';
import { registerCommand } from './register-command.ts';
import { statusCommand } from './status-command.ts';
import { unregisterCommand } from './unregister-command.ts';
import { verifyCommand } from './verify-command.ts';

/** Every command of `ca-bridge`, by its name. */
export const commandTable: Readonly<Record<string, Command>> = {
  register: registerCommand,
  unregister: unregisterCommand,
  status: statusCommand,
  verify: verifyCommand,
  encrypt: encryptCommand,
  inspect: inspectCommand,
  decrypt: decryptCommand,
};
