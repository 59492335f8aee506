import type { SettingsView } from '../../../../src/protocol/settings-view.ts';
import type { UiCommand } from '../../../../src/protocol/ui-messages.ts';
import { OptionsPage } from '../../../../src/extension/options/options-page.tsx';
import {
  createMockBackgroundClient,
  type MockBackgroundClient,
} from '../../../../src/extension/ui/mock-background-client.ts';
import { renderPage, settle } from '../ui/page-harness.tsx';
import { settingsView } from '../ui/settings-samples.ts';

/** The options page over the sample's settings; whoever uses it mocks the browser. */
export async function openOptions(
  changes: Partial<SettingsView> = {},
  prepare: (client: MockBackgroundClient) => void = () => undefined,
): Promise<MockBackgroundClient> {
  const client = createMockBackgroundClient({ sessions: [] });
  client.answer('settings', { ...settingsView, ...changes });
  prepare(client);
  await renderPage(<OptionsPage client={client} />);
  await turns();
  return client;
}

/** Lets a command, its reply and the reading after it pass. */
export async function turns(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) await settle();
}

/** Commands but those that only read. */
export const changesIn = (client: MockBackgroundClient): UiCommand[] =>
  client.sent.filter(({ command }) => command !== 'settings');
