import type { DetectorMessage, DetectorOrders } from '../../protocol/observed-prompts.ts';
import { readOrders } from './read-orders.ts';
import type { Scheduler } from './scheduler.ts';

/** A port to the background. */
export interface DetectorPort {
  send(message: DetectorMessage): void;
  close(): void;
}

export interface DetectorLineParts {
  /** Opens a port, or gives undefined when this script's extension is no longer there. */
  readonly connect: (onMessage: (message: unknown) => void, onLost: () => void) => DetectorPort | undefined;
  readonly scheduler: Scheduler;
  /** What is on the page now, for a worker that knows nothing. */
  readonly shown: () => readonly DetectorMessage[];
  readonly onOrders: (orders: DetectorOrders) => void;
  /** The extension was updated or removed: this script has nobody to tell. */
  readonly onOrphaned: () => void;
}

export interface DetectorLine {
  /** Tells the background; the first message opens the port. */
  tell(message: DetectorMessage): void;
  /** Asks for orders, where none have come. */
  ask(): void;
  close(): void;
}

/** Milliseconds before each try to reach the background again; after the last one it waits for something new to tell. */
const reconnectPauses = [100, 500, 2_000, 10_000, 30_000];
/** A port that lasted so long was not refused: a stopped worker is reached anew from the first pause on. */
const lasting = 10_000;

/** Reports to the background. A page that shows no prompt never opens a port, and so never starts the worker. */
export function createDetectorLine({
  connect,
  scheduler,
  shown,
  onOrders,
  onOrphaned,
}: DetectorLineParts): DetectorLine {
  let port: DetectorPort | undefined;
  let openedAt = 0;
  let losses = 0;

  function open(): DetectorPort | undefined {
    const opened = connect(onMessage, () => onLost(opened));
    port = opened;
    openedAt = scheduler.now();
    if (opened === undefined) onOrphaned();
    return opened;
  }

  function onMessage(message: unknown): void {
    const orders = readOrders(message);
    if (orders !== undefined) onOrders(orders);
  }

  function onLost(lost: DetectorPort | undefined): void {
    if (port !== lost) return;
    port = undefined;
    if (scheduler.now() - openedAt > lasting) losses = 0;
    const pause = reconnectPauses[losses++];
    if (pause !== undefined && shown().length > 0) scheduler.after(reopen, pause);
  }

  function reopen(): void {
    const messages = port === undefined ? shown() : [];
    const opened = messages.length > 0 ? open() : undefined;
    for (const message of messages) opened?.send(message);
  }

  return {
    tell(message) {
      if (port !== undefined) port.send(message);
      // `shown` has it already.
      else if (message.type === 'prompt') reopen();
    },
    ask() {
      if (port === undefined) open();
    },
    close() {
      port?.close();
      port = undefined;
    },
  };
}
