import { beforeEach, expect, it, vi } from 'vitest';
import { createDocumentDesk } from '../../../../src/extension/background/documents/document-desk.ts';

const started: { open: boolean }[] = [];
vi.mock('../../../../src/extension/background/native/native-client.ts', () => ({
  openNativeClient: async () => {
    const process = { open: true };
    started.push(process);
    return {
      hello: {},
      ended: new Promise(() => undefined),
      isOpen: () => process.open,
      close: () => (process.open = false),
      call: () => Promise.reject(),
    };
  },
}));
vi.mock('../../../../src/extension/background/native/file-transfer.ts', () => ({
  isClientLost: () => false,
  sendBlob: async (_client: unknown, name: string) => ({ file: name, size: 1, sm3: 'a'.repeat(64) }),
}));
beforeEach(() => void (started.length = 0));

const { signal } = new AbortController();
function deskWithBid() {
  const desk = createDocumentDesk(() => undefined);
  desk.hold('session', [{ name: 'bid.pdf', blob: new Blob(['x']) }]);
  return desk;
}
const job = { sessionId: 'session', kind: 'signature', expected: undefined, signal } as const;
const fileOf = (desk: ReturnType<typeof deskWithBid>) =>
  desk.withClient(job, async ({ files }) => files[0]?.file);

it('two who ask at once share one process', async () => {
  const desk = deskWithBid();
  expect(await Promise.all([fileOf(desk), fileOf(desk)])).toEqual(['bid.pdf', 'bid.pdf']);
  expect(started).toHaveLength(1);
});

it('two who find the process dead at once share the next one', async () => {
  const desk = deskWithBid();
  await fileOf(desk);
  for (const process of started) process.open = false;
  await Promise.all([fileOf(desk), fileOf(desk), fileOf(desk)]);
  expect(started).toHaveLength(2);
});

it('a session that has ended starts no process', async () => {
  const desk = deskWithBid();
  const work = desk.withClient({ ...job, signal: AbortSignal.abort() }, async () => undefined);
  await expect(work).rejects.toMatchObject({ code: 'REQUEST_ABORTED' });
  expect(started).toEqual([]);
});

it('the end of a session ends its process', async () => {
  const desk = deskWithBid();
  await fileOf(desk);
  desk.clear('session');
  await vi.waitFor(() => expect(started).toEqual([{ open: false }]));
});

it('documents are written once, however many ask for them', async () => {
  const desk = deskWithBid();
  const write = vi.fn<() => Promise<readonly Blob[]>>(async () => [new Blob(['sealed'])]);
  const [one, other] = await Promise.all([desk.outputs('session', write), desk.outputs('session', write)]);
  expect(one).toBe(other);
  expect(write).toHaveBeenCalledOnce();
});

it('documents that could not be written are tried again', async () => {
  const desk = deskWithBid();
  await expect(desk.outputs('session', () => Promise.reject(new Error('disk')))).rejects.toThrow('disk');
  expect(await desk.outputs('session', async () => [new Blob()])).toHaveLength(1);
});
