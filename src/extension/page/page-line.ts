import { assertNever } from '../../lib/assert-never.ts';
import type { LocalServiceAddress } from '../../protocol/local-service-addresses.ts';
import type { LocalServiceNews, LocalServiceOrder } from '../../protocol/local-service-messages.ts';

/** What the content script says beside the background's news: nothing that was open is any more. */
export interface LineLost {
  readonly type: 'lost';
}

/** One connection through the bridge, as the page's objects use it. */
export interface PageLink {
  send(text: string): void;
  /** No handler is called after it. */
  close(): void;
}

export interface LinkHandlers {
  onOpen(): void;
  onText(text: string): void;
  /** The last that is called. `clean`: the service closed what was open. */
  onClosed(clean: boolean): void;
}

export interface PageLine {
  connect(address: LocalServiceAddress, handlers: LinkHandlers): PageLink;
}

/** Connections of one document over the port of its content script. */
export function createPageLine(port: MessagePort): PageLine {
  const links = new Map<number, LinkHandlers>();
  let lastId = 0;
  const order = (what: LocalServiceOrder) => port.postMessage(what);

  const end = (id: number, clean: boolean) => {
    const handlers = links.get(id);
    links.delete(id);
    handlers?.onClosed(clean);
  };
  const loseAll = () => {
    // Those that are open now: a page that connects anew at once has a link that is not lost.
    const open = [...links.keys()];
    for (const id of open) end(id, false);
  };
  const take = (news: LocalServiceNews | LineLost): void => {
    switch (news.type) {
      case 'open':
        return links.get(news.id)?.onOpen();
      case 'texts':
        for (const text of news.texts) links.get(news.id)?.onText(text);
        return links.has(news.id) ? order({ type: 'taken', id: news.id }) : undefined;
      case 'closed':
        return end(news.id, news.code === undefined);
      case 'lost':
        return loseAll();
      default:
        assertNever(news);
    }
  };
  port.onmessage = ({ data }: MessageEvent<LocalServiceNews | LineLost>) => take(data);

  return {
    connect(address, handlers) {
      lastId += 1;
      const id = lastId;
      links.set(id, handlers);
      order({ type: 'connect', id, address });
      return {
        send: (text) => links.has(id) && order({ type: 'send', id, text }),
        close: () => links.delete(id) && order({ type: 'close', id }),
      };
    },
  };
}
