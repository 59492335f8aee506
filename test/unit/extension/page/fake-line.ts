import type { LinkHandlers, PageLine } from '../../../../src/extension/page/page-line.ts';

/** A line of which the test has the other end. */
export function fakeLine() {
  const links: {
    readonly address: string;
    readonly handlers: LinkHandlers;
    readonly sent: string[];
    closed: boolean;
  }[] = [];
  const line: PageLine = {
    connect(address, handlers) {
      const link = { address, handlers, sent: [] as string[], closed: false };
      links.push(link);
      return {
        send: (text) => void link.sent.push(text),
        close: () => void (link.closed = true),
      };
    },
  };
  const last = () => {
    const link = links.at(-1);
    if (link === undefined) throw new Error('nothing went through the bridge');
    return link;
  };
  return { line, links, last };
}
