import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createPageLine, type LineLost } from '../../../../src/extension/page/page-line.ts';
import type { LocalServiceNews } from '../../../../src/protocol/local-service-messages.ts';

const address = 'ws://127.0.0.1:21051/xtxapp/';

function world() {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  const orders: unknown[] = [];
  port1.onmessage = ({ data }) => orders.push(data);
  const line = createPageLine(port2);
  const told: unknown[] = [];
  const handlers = {
    onOpen: () => void told.push('open'),
    onText: (text: string) => void told.push(text),
    onClosed: (clean: boolean) => void told.push(clean ? 'closed' : 'failed'),
  };
  const say = (news: LocalServiceNews | LineLost) => port1.postMessage(news);
  const until = (list: unknown[], length: number) =>
    vi.waitFor(() => expect(list).toHaveLength(length), { interval: 1 });
  return { line, orders, told, handlers, say, until };
}

describe('a link of the page', () => {
  it('orders, and hears what is its own', async () => {
    const { line, orders, told, handlers, say, until } = world();
    const link = line.connect(address, handlers);
    link.send('hello');
    await until(orders, 2);
    expect(orders).toEqual([
      { type: 'connect', id: 1, address },
      { type: 'send', id: 1, text: 'hello' },
    ]);
    say({ type: 'open', id: 1 });
    say({ type: 'texts', id: 1, texts: ['a', 'b'] });
    say({ type: 'texts', id: 2, texts: ['of another'] });
    say({ type: 'closed', id: 1 });
    await until(told, 4);
    expect(told).toEqual(['open', 'a', 'b', 'closed']);
    await until(orders, 3);
    expect(orders.at(-1)).toEqual({ type: 'taken', id: 1 });
  });

  it('has an id of its own', async () => {
    const { line, orders, handlers, until } = world();
    line.connect(address, handlers);
    line.connect(address, handlers);
    await until(orders, 2);
    expect(orders).toMatchObject([{ id: 1 }, { id: 2 }]);
  });

  it('is quiet once it is closed', async () => {
    const { line, orders, told, handlers, say, until } = world();
    const link = line.connect(address, handlers);
    link.close();
    link.close();
    link.send('late');
    say({ type: 'open', id: 1 });
    say({ type: 'closed', id: 1 });
    line.connect(address, handlers);
    say({ type: 'open', id: 2 });
    await until(told, 1);
    expect(orders).toMatchObject([{ type: 'connect' }, { type: 'close', id: 1 }, { type: 'connect', id: 2 }]);
  });

  it('fails with a code, and when the line is lost', async () => {
    const { line, told, handlers, say, until } = world();
    line.connect(address, handlers);
    line.connect(address, handlers);
    line.connect(address, handlers);
    say({ type: 'closed', id: 1, code: 'VENDOR_NOT_RUNNING' });
    say({ type: 'lost' });
    say({ type: 'lost' });
    await until(told, 3);
    expect(told).toEqual(['failed', 'failed', 'failed']);
  });

  it('is not lost when it was made upon the loss of another', async () => {
    const { line, told, handlers, say, until } = world();
    let tries = 0;
    const onClosed = () => {
      tries += 1;
      if (tries < 5) line.connect(address, { ...handlers, onClosed });
    };
    line.connect(address, { ...handlers, onClosed });
    say({ type: 'lost' });
    say({ type: 'open', id: 2 });
    await until(told, 1);
    expect(told).toEqual(['open']);
    expect(tries).toBe(1);
  });
});
