import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { codeOf } from '../../protocol/coded-error.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import type { Settings } from '../../protocol/settings.ts';
import type { SettingsView } from '../../protocol/settings-view.ts';
import type { UiCommand, UiSnapshot } from '../../protocol/ui-messages.ts';
import type { BackgroundClient } from '../ui/background-client.ts';

export interface SettingsAccess {
  /** As they are, or will be once what was pressed is done; undefined until they are known. */
  readonly view: SettingsView | undefined;
  /** Why they cannot be read. */
  readonly problem: ErrorCode | undefined;
  /**
   * Sends `command` and reads the settings again; `meanwhile` is what the page shows until then.
   * @throws CodedError of the background
   */
  readonly send: (command: UiCommand, meanwhile?: Meanwhile) => Promise<void>;
  readonly reload: () => Promise<void>;
}

/** Entries that a press is about to replace. */
export type Meanwhile = (view: SettingsView) => SettingsView;

/** The view with these settings in it. */
export const withSettings =
  (changes: Partial<Settings>): Meanwhile =>
  (view) => ({ ...view, settings: { ...view.settings, ...changes } });

/** The settings with what policy decides of them, read anew after each change, also of another page. */
export function useSettings(client: BackgroundClient, snapshot: UiSnapshot | undefined): SettingsAccess {
  const [view, setView] = useState<SettingsView>();
  const [problem, setProblem] = useState<ErrorCode>();
  const [pending, setPending] = useState<readonly Meanwhile[]>([]);
  const reading = useRef(0);
  const reload = useCallback(async (): Promise<void> => {
    reading.current += 1;
    const turn = reading.current;
    try {
      const next = await client.send({ command: 'settings' });
      // An older answer that comes late would take a change back.
      if (turn !== reading.current) return;
      setView(next);
      setProblem(undefined);
    } catch (error) {
      if (turn === reading.current) setProblem(codeOf(error));
    }
  }, [client]);
  useEffect(() => void reload(), [reload, snapshot]);
  const send = useCallback(
    async (command: UiCommand, meanwhile: Meanwhile = (same) => same): Promise<void> => {
      setPending((before) => [...before, meanwhile]);
      try {
        await client.send(command);
        await reload();
      } finally {
        setPending((before) => before.filter((other) => other !== meanwhile));
      }
    },
    [client, reload],
  );
  const shown = view && pending.reduce((before, change) => change(before), view);
  return { view: shown, problem, send, reload };
}
