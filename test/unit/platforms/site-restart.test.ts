import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPageConnections } from '../../../src/extension/background/page/page-connections.ts';
import {
  createSiteQuestions,
  type SiteQuestions,
} from '../../../src/extension/background/page/site-questions.ts';
import { createPageRelay } from '../../../src/extension/content/page-relay.ts';
import type { LoginRequest, PlatformEnvironment } from '../../../src/platforms/platform.ts';
import { sitePlatform, type SitePlatform } from '../../../src/platforms/site/site-platform.ts';
import type { RelayedRequest } from '../../../src/protocol/page-messages.ts';
import { createPortClient } from '../../../src/sdk/port-client.ts';
import type { SiteFlow, SiteQr } from '../../../src/sdk/site-flow.ts';

const documentId = 'document-1';
const origin = 'https://ggzy.zhanjiang.gov.cn';
const request: LoginRequest = { scene: 'login', origin, challenge: 'unused-by-this-driver' };
const shown: SiteQr = { businessId: 'qr-1', qr: 'https://app.ebinterlink.com/s' };
const never = new AbortController().signal;
const environment: PlatformEnvironment = {
  frontServer: '',
  http: () => Promise.reject(new Error('no network in this driver')),
  now: Date.now,
  pause: () => Promise.resolve(),
};

/** The background as far as questions go; a new one knows nothing of the old. */
interface Worker {
  readonly questions: SiteQuestions;
  platform(requestId: string): SitePlatform;
}

let connections: ReturnType<typeof createPageConnections>;
let worker: Worker;
let line: { lose(): void } | undefined;
let requestIds: string[];
let channel: MessageChannel;

function startWorker(): Worker {
  connections = createPageConnections();
  const questions = createSiteQuestions(
    (id, reply) => connections.send(id, reply),
    () => crypto.randomUUID(),
  );
  return {
    questions,
    platform: (requestId) =>
      sitePlatform({
        id: 'zhongzhao-hulian',
        name: { 'zh-CN': '中招互连', en: 'Zhongzhao Hulian' },
        channel: questions.channel({ documentId, requestId }),
        scene: 'login',
        qrHosts: ['ebinterlink.com'],
        siteOrigins: [origin],
      }),
  };
}

beforeEach(() => {
  requestIds = [];
  worker = startWorker();
  channel = new MessageChannel();
  const relay = createPageRelay({
    connect(onReply, onLost) {
      connections.attach(documentId, onReply);
      line = { lose: onLost };
      return {
        send(message: RelayedRequest) {
          if (message.type === 'answer') worker.questions.answer(documentId, message);
          if (message.type !== 'request') return;
          onReply({ type: 'ack', id: message.id });
          if (requestIds.includes(message.id)) {
            worker.questions.askAgain({ documentId, requestId: message.id });
          }
          requestIds.push(message.id);
        },
        close: () => undefined,
      };
    },
    describe: (code) => ({ message: code, retry: false }),
    schedule: (work) => queueMicrotask(work),
  });
  channel.port2.onmessage = ({ data }) => relay.receive(data, channel.port2);
});
afterEach(() => {
  channel.port1.close();
  channel.port2.close();
});

/** Begins a login of the page; resolves with its id once the background has it. */
async function begin(flow: Partial<SiteFlow>): Promise<string> {
  const client = createPortClient(channel.port1);
  const whole: SiteFlow = {
    platform: 'zhongzhao-hulian',
    open: () => Promise.resolve(shown),
    state: () => new Promise(() => undefined),
    ...flow,
  };
  client.call('showLogin', { site: { platform: whole.platform } }, {}, whole).catch(() => undefined);
  await vi.waitFor(() => expect(requestIds).toHaveLength(1));
  return requestIds[0] ?? '';
}

/** The worker is stopped, and another one is there before the page knows. */
function restart(): void {
  worker = startWorker();
}

it('a worker that is stopped while the page opens a QR gets that very QR', async () => {
  let resolve: (qr: SiteQr) => void = () => undefined;
  const open = vi.fn<SiteFlow['open']>(() => new Promise((resolveIt) => (resolve = resolveIt)));
  const id = await begin({ open });
  void worker
    .platform(id)
    .open(request, 'opening-1', environment, never)
    .catch(() => undefined);
  await vi.waitFor(() => expect(open).toHaveBeenCalled());

  restart();
  const opened = worker.platform(id).open(request, 'opening-1', environment, never);
  line?.lose();
  await vi.waitFor(() => expect(requestIds).toHaveLength(2));
  resolve(shown);

  await expect(opened).resolves.toMatchObject({ businessId: 'qr-1' });
  expect(open).toHaveBeenCalledTimes(1);
});

it('a worker that is stopped after the page had opened a QR gets that very QR', async () => {
  const open = vi.fn<SiteFlow['open']>().mockResolvedValue(shown);
  const id = await begin({ open });
  await worker.platform(id).open(request, 'opening-1', environment, never);

  restart();
  const opened = worker.platform(id).open(request, 'opening-1', environment, never);
  line?.lose();

  await expect(opened).resolves.toMatchObject({ businessId: 'qr-1' });
  expect(open).toHaveBeenCalledTimes(1);
});

it('a scan while no worker was there is told to the next one', async () => {
  const states = vi.fn<SiteFlow['state']>();
  states.mockImplementationOnce(() => new Promise(() => undefined)).mockResolvedValueOnce('confirmed');
  const id = await begin({ state: states });
  const handle = await worker.platform(id).open(request, 'opening-1', environment, never);
  void worker
    .platform(id)
    .events(handle, 0, environment, never)
    .catch(() => undefined);
  await vi.waitFor(() => expect(states).toHaveBeenCalledTimes(1));

  restart();
  const following = worker.platform(id).events(handle, 0, environment, never);
  line?.lose();

  await expect(following).resolves.toEqual([
    { sequence: 1, type: 'scanned' },
    { sequence: 2, type: 'confirmed' },
  ]);
});

it('a restarted worker goes on after the last event that it has stored', async () => {
  const state = vi.fn<SiteFlow['state']>().mockResolvedValue('confirmed');
  const id = await begin({ state });
  const handle = await worker.platform(id).open(request, 'opening-1', environment, never);

  restart();
  const following = worker.platform(id).events(handle, 1, environment, never);
  line?.lose();

  await expect(following).resolves.toEqual([{ sequence: 2, type: 'confirmed' }]);
  expect(state).toHaveBeenCalledWith('qr-1', 'scanned', expect.any(AbortSignal));
});

it('a QR of the next opening is another question', async () => {
  const open = vi
    .fn<SiteFlow['open']>()
    .mockResolvedValueOnce(shown)
    .mockResolvedValueOnce({ ...shown, businessId: 'qr-2' });
  const id = await begin({ open });
  const handle = await worker.platform(id).open(request, 'opening-1', environment, never);
  const renewed = await worker.platform(id).renew(handle, request, 'opening-2', environment, never);
  expect(renewed.businessId).toBe('qr-2');
  expect(open.mock.calls.map(([, { after, openingId }]) => [after, openingId])).toEqual([
    [undefined, 'opening-1'],
    ['qr-1', 'opening-2'],
  ]);
});
