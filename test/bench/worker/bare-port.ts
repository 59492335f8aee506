/** A port of messages that are answered one by one, with nothing around it. */
export interface BarePort {
  ask(message: unknown): Promise<unknown>;
  close(): void;
}

/** Starts the native host `name`. */
export function openBarePort(name: string): BarePort {
  const port = chrome.runtime.connectNative(name);
  let waiting: { resolve: (answer: unknown) => void; reject: (error: Error) => void } | undefined;
  port.onMessage.addListener((answer) => waiting?.resolve(answer));
  port.onDisconnect.addListener(() =>
    waiting?.reject(new Error(chrome.runtime.lastError?.message ?? 'disconnected')),
  );
  return {
    ask: (message) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        port.postMessage(message);
      }),
    close: () => port.disconnect(),
  };
}
