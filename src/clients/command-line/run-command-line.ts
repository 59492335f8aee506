import { commandExits, UsageError, type Command, type CommandContext } from './command.ts';
import type { Text } from './language.ts';
import { shownPath } from './shown-path.ts';

/** Runs `ca-bridge` with its arguments (without program and script); everything it says goes through the context. */
export async function runCommandLine(
  table: Readonly<Record<string, Command>>,
  args: readonly string[],
  context: CommandContext,
): Promise<number> {
  const { language } = context;
  const [name, ...rest] = args;
  if (name === '--help' || name === '-h' || name === 'help') {
    context.write(overview(table)[language]);
    return commandExits.done;
  }
  const command = name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
  if (command === undefined) {
    if (name !== undefined) context.writeError(`${unknownCommand(name)[language]}\n\n`);
    context.writeError(overview(table)[language]);
    return commandExits.usage;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    context.write(command.usage[language]);
    return commandExits.done;
  }
  try {
    return await command.run(rest, context);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    context.writeError(`${error.text[language]}\n\n${command.usage[language]}`);
    return command.usageExit ?? commandExits.usage;
  }
}

const unknownCommand = (name: string): Text => ({
  'zh-CN': `没有“${shownPath(name)}”这个命令。`,
  en: `There is no command "${shownPath(name)}".`,
});

function overview(table: Readonly<Record<string, Command>>): Text {
  const list = (language: keyof Text) =>
    Object.entries(table)
      .map(([name, { summary }]) => `  ${name.padEnd(12)}${summary[language]}\n`)
      .join('');
  return {
    'zh-CN': `用法：ca-bridge 命令 [选项]\n\n${list('zh-CN')}\n“ca-bridge 命令 --help”显示该命令的选项。\n`,
    en: `Usage: ca-bridge COMMAND [OPTIONS]\n\n${list('en')}\n"ca-bridge COMMAND --help" shows a command's options.\n`,
  };
}
