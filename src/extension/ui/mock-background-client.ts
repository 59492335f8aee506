import { CodedError } from '../../protocol/coded-error.ts';
import type { ErrorCode } from '../../protocol/error-codes.ts';
import { defaultSettings } from '../../protocol/settings.ts';
import type { UiCommand, UiReplies, UiSnapshot } from '../../protocol/ui-messages.ts';
import type { BackgroundClient, BackgroundState } from './background-client.ts';

/** A background that says what it is told to, so that pages run without one. */
export interface MockBackgroundClient extends BackgroundClient {
  /** Commands sent so far, oldest first. */
  readonly sent: readonly UiCommand[];
  /** Pushes a snapshot to the page. */
  show(snapshot: UiSnapshot): void;
  /** Pushes any state, for example a lost connection. */
  become(state: BackgroundState): void;
  /** From now on `command` is refused with `code`. */
  refuse(command: UiCommand['command'], code: ErrorCode): void;
  /** From now on `command` gets this reply. */
  answer<C extends UiCommand['command']>(command: C, reply: UiReplies[C] | Promise<UiReplies[C]>): void;
}

/** A mock that has said `snapshot` already; without one, it is still connecting. */
export function createMockBackgroundClient(snapshot?: UiSnapshot): MockBackgroundClient {
  const listeners = new Set<(state: BackgroundState) => void>();
  const sent: UiCommand[] = [];
  const replies = new Map<string, () => unknown>([
    ['checkClients', () => []],
    ['siteStatus', () => ({ support: 'impossible' })],
    ['sessionDocuments', () => ({ documents: [], seals: [] })],
    ['sessionOutputs', () => []],
    ['seenCertificates', () => []],
    ['directory', () => []],
    ['settings', () => ({ settings: defaultSettings, locked: [], sites: [], platforms: [] })],
  ]);
  let state: BackgroundState = snapshot
    ? { connection: 'connected', snapshot }
    : { connection: 'connecting' };

  const become = (next: BackgroundState): void => {
    state = next;
    for (const listener of listeners) listener(state);
  };

  return {
    sent,
    become,
    show: (next) => become({ connection: 'connected', snapshot: next }),
    refuse: (command, code) =>
      replies.set(command, () => {
        throw new CodedError(code);
      }),
    answer: (command, reply) => replies.set(command, () => reply),
    subscribe(listener) {
      listeners.add(listener);
      listener(state);
      return () => listeners.delete(listener);
    },
    async send<C extends UiCommand>(command: C) {
      sent.push(command);
      const reply = replies.get(command.command);
      return (await (reply ? reply() : null)) as UiReplies[C['command']];
    },
  };
}
