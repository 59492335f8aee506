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
};
