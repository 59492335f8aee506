import { beforeEach, describe, expect, it, test, vi } from 'vitest';
import { createPortClient, type PortClient } from '../../../src/sdk/port-client.ts';
import type { SiteFlow, SiteQr } from '../../../src/sdk/site-flow.ts';

interface Sent {
  readonly type: string;
  readonly id: string;
  readonly question?: string;
}

let client: PortClient;
let sent: Sent[];
let receive: (data: unknown) => void;
let cancelled: string[];
const shown: SiteQr = { businessId: 'qr-1', qr: 'https://app.ebinterlink.com/s' };

beforeEach(() => {
  [sent, cancelled] = [[], []];
  const port = {
    onmessage: null as ((event: { data: unknown }) => void) | null,
    postMessage: (message: Sent) => void sent.push(structuredClone(message)),
    close: () => undefined,
  };
  client = createPortClient(port as unknown as MessagePort);
  receive = (data) => port.onmessage?.({ data });
});

const flowWith = (steps: Partial<SiteFlow> = {}): SiteFlow => ({
  platform: 'zhongzhao-hulian',
  open: () => Promise.resolve(shown),
  state: () => new Promise(() => undefined),
  cancel: (businessId) => void cancelled.push(businessId),
  ...steps,
});

const lastId = () => sent.at(-1)?.id ?? expect.fail('nothing was sent');

/** Begins a request with this flow and lets the bridge ask. */
function begin(flow: SiteFlow, options: { signal?: AbortSignal } = {}) {
  const call = client.call('showLogin', { site: { platform: flow.platform } }, options, flow);
  call.catch(() => undefined);
  const id = lastId();
  receive({ type: 'ack', id });
  return {
    call,
    id,
    ask: (ask: string, params: object, question = `${ask}-1`) =>
      receive({ type: 'question', id, question, ask, params }),
    end: () => receive({ type: 'result', id, value: {} }),
    fail: () =>
      receive({ type: 'error', id, error: { code: 'QR_EXPIRED', message: 'expired', retry: true } }),
  };
}
const openParams = { openingId: 'opening-1', request: { scene: 'login', documents: [] } };
const answers = () => sent.filter(({ type }) => type === 'answer');
/** A promise that the test resolves. */
function later<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolveIt) => (resolve = resolveIt));
  return { promise, resolve: (value: T) => resolve(value) };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('a step that fails', () => {
  test.each<[what: string, open: SiteFlow['open']]>([
    ['throws', () => expect.fail('the page is broken')],
    ['rejects', () => Promise.reject(new Error('the back end is down'))],
    ['gives what cannot be cloned', () => Promise.resolve({ ...shown, extra: () => undefined })],
  ])('%s: the bridge hears that it failed, and not why', async (_what, open) => {
    const { id, ask } = begin(flowWith({ open }));
    ask('open', openParams);
    await settled();
    expect(answers()).toEqual([{ type: 'answer', id, question: 'open-1', failed: true }]);
  });

  test.each(['identity', 'submit', 'signatures', 'envelopes', 'keys'])(
    'as does %s where the page has none',
    async (name) => {
      const { id, ask } = begin(flowWith());
      ask(name, { businessId: 'qr-1', toBeSigned: [], envelopes: [] });
      await settled();
      expect(answers()).toEqual([{ type: 'answer', id, question: `${name}-1`, failed: true }]);
    },
  );

  it('fails for the repeated question as well, and is not tried twice', async () => {
    const open = vi.fn<SiteFlow['open']>().mockRejectedValue(new Error('down'));
    const { ask } = begin(flowWith({ open }));
    ask('open', openParams);
    await settled();
    ask('open', openParams);
    await settled();
    expect(open).toHaveBeenCalledTimes(1);
    expect(answers()).toHaveLength(2);
  });
});

describe('questions that the page does not answer', () => {
  test.each<[what: string, change: object]>([
    ['of another request', { id: 'other' }],
    ['without an id', { question: undefined }],
    ['without parameters', { params: undefined }],
  ])('%s', async (_what, change) => {
    const open = vi.fn<SiteFlow['open']>();
    const { id } = begin(flowWith({ open }));
    receive({ type: 'question', id, question: 'open-1', ask: 'open', params: openParams, ...change });
    await settled();
    expect(open).not.toHaveBeenCalled();
    expect(answers()).toEqual([]);
  });

  it('of a request without a flow', async () => {
    void client.call('login', { challenge: 'challenge-of-the-site' }).catch(() => undefined);
    receive({
      type: 'question',
      id: sent.at(-1)?.id,
      question: 'open-1',
      ask: 'open',
      params: openParams,
    });
    await settled();
    expect(answers()).toEqual([]);
  });
});

it('asks the page once, however often the question comes', async () => {
  const open = vi.fn<SiteFlow['open']>().mockResolvedValue(shown);
  const { id, ask } = begin(flowWith({ open }));
  ask('open', openParams);
  ask('open', openParams);
  await settled();
  ask('open', openParams);
  await settled();
  expect(open).toHaveBeenCalledTimes(1);
  expect(answers()).toEqual(
    Array.from({ length: 3 }, () => ({ type: 'answer', id, question: 'open-1', value: shown })),
  );
});

it('gives each step what it needs', async () => {
  const seen: unknown[] = [];
  const note =
    <T>(value: T) =>
    (...given: unknown[]): Promise<T> => {
      seen.push(given.filter((part) => !(part instanceof AbortSignal)));
      return Promise.resolve(value);
    };
  const { ask } = begin(
    flowWith({
      open: (request, { after, openingId }) => note(shown)(request, after, openingId),
      state: note('scanned' as const),
      identity: note({ certificate: 'AQ==', chain: [], seals: [] }),
      submit: note(undefined),
      signatures: note(['MAA=']),
      envelopes: note(undefined),
      keys: note([{ form: 'bare' as const, key: 'AQ==' }, null]),
    }),
  );
  const { request } = openParams;
  ask('open', { ...openParams, after: 'qr-0' });
  ask('state', { businessId: 'qr-1', after: 'waiting' });
  ask('identity', { businessId: 'qr-1' });
  ask('submit', { businessId: 'qr-1', toBeSigned: ['AQ=='] });
  ask('signatures', { businessId: 'qr-1' });
  ask('envelopes', { businessId: 'qr-1', envelopes: [{ sm3: '00', envelope: 'AQ==' }] });
  ask('keys', { businessId: 'qr-1' });
  await settled();
  expect(seen).toEqual([
    [request, 'qr-0', 'opening-1'],
    ['qr-1', 'waiting'],
    ['qr-1'],
    ['qr-1', ['AQ==']],
    ['qr-1'],
    ['qr-1', [{ sm3: '00', envelope: 'AQ==' }]],
    ['qr-1'],
  ]);
  const values = answers().map((answer) => Reflect.get(answer, 'value') as unknown);
  expect(values).toEqual(
    expect.arrayContaining([
      shown,
      { state: 'scanned' },
      { certificate: 'AQ==', chain: [], seals: [] },
      {},
      { signatures: ['MAA='] },
      { keys: [{ form: 'bare', key: 'AQ==' }, null] },
    ]),
  );
  expect(values).toHaveLength(7);
});

it('keeps `this` of a flow that is a class of the page', async () => {
  class Flow {
    readonly platform = 'zhongzhao-hulian' as const;
    readonly #signatures = ['MAA='];
    open = () => Promise.resolve(shown);
    state = () => Promise.resolve('scanned' as const);
    signatures() {
      return Promise.resolve(this.#signatures);
    }
  }
  const { ask } = begin(new Flow());
  ask('signatures', { businessId: 'qr-1' });
  await settled();
  expect(answers()).toMatchObject([{ value: { signatures: ['MAA='] } }]);
});

it('watches one QR at a time', async () => {
  const watches: AbortSignal[] = [];
  const state: SiteFlow['state'] = (_businessId, _after, signal) => {
    watches.push(signal);
    return new Promise(() => undefined);
  };
  const { ask, end } = begin(flowWith({ state }));
  ask('state', { businessId: 'qr-1', after: 'waiting' }, 'state-1');
  ask('state', { businessId: 'qr-2', after: 'waiting' }, 'state-2');
  expect(watches.map(({ aborted }) => aborted)).toEqual([true, false]);
  end();
  expect(watches.map(({ aborted }) => aborted)).toEqual([true, true]);
});

describe('the end of a request', () => {
  it('aborts what is under way, and answers nothing more', async () => {
    const { promise, resolve } = later<string[]>();
    let signal: AbortSignal | undefined;
    const { ask, fail, call } = begin(
      flowWith({
        signatures(_businessId, given) {
          signal = given;
          return promise;
        },
      }),
    );
    ask('signatures', { businessId: 'qr-1' });
    expect(fail).not.toThrow();
    await expect(call).rejects.toMatchObject({ code: 'QR_EXPIRED' });
    expect(signal?.aborted).toBe(true);
    resolve(['MAA=']);
    await settled();
    expect(answers()).toEqual([]);
  });

  it('without a result tells the page that nobody waits for its QR', async () => {
    const { ask, fail } = begin(flowWith());
    ask('open', openParams);
    await settled();
    fail();
    expect(cancelled).toEqual(['qr-1']);
  });

  it('by the page’s own signal does so as well', async () => {
    const stop = new AbortController();
    const { ask, call } = begin(flowWith(), { signal: stop.signal });
    ask('open', openParams);
    await settled();
    stop.abort();
    await expect(call).rejects.toMatchObject({ code: 'REQUEST_ABORTED' });
    expect(cancelled).toEqual(['qr-1']);
  });

  it('with a result tells nothing', async () => {
    const { ask, end, call } = begin(flowWith());
    ask('open', openParams);
    await settled();
    end();
    await call;
    expect(cancelled).toEqual([]);
  });

  it('before the QR was there cancels it when it comes', async () => {
    const { promise, resolve } = later<SiteQr>();
    const { ask, fail } = begin(flowWith({ open: () => promise }));
    ask('open', openParams);
    fail();
    expect(cancelled).toEqual([]);
    resolve(shown);
    await settled();
    expect(cancelled).toEqual(['qr-1']);
  });
});

describe('a QR that nobody waits for', () => {
  it('is cancelled once, when the bridge says so', async () => {
    const { ask, fail } = begin(flowWith());
    ask('open', openParams);
    await settled();
    ask('cancel', { businessId: 'qr-1' });
    fail();
    expect(cancelled).toEqual(['qr-1']);
  });

  it('is none that the page has not opened', async () => {
    const { ask } = begin(flowWith());
    ask('cancel', { businessId: 'qr-9' });
    await settled();
    expect(cancelled).toEqual([]);
  });

  it('is not the one that another took the place of', async () => {
    const open = vi
      .fn<SiteFlow['open']>()
      .mockResolvedValueOnce(shown)
      .mockResolvedValueOnce({ ...shown, businessId: 'qr-2' });
    const { ask, fail } = begin(flowWith({ open }));
    ask('open', openParams);
    await settled();
    ask('open', { ...openParams, openingId: 'opening-2', after: 'qr-1' }, 'open-2');
    await settled();
    fail();
    expect(cancelled).toEqual(['qr-2']);
  });

  it('does not keep the request from its end where the page fails to cancel it', async () => {
    const cancel = () => {
      throw new Error('of the page');
    };
    const { ask, fail, call } = begin(flowWith({ cancel }));
    ask('open', openParams);
    await settled();
    expect(fail).not.toThrow();
    await expect(call).rejects.toMatchObject({ code: 'QR_EXPIRED' });
  });
});
