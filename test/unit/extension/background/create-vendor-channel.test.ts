import { describe, expect, it, vi } from 'vitest';
import type { DeskJob, DocumentDesk } from '../../../../src/extension/background/documents/document-desk.ts';
import { createVendorChannel } from '../../../../src/extension/background/native/create-vendor-channel.ts';
import type { SessionRecord } from '../../../../src/extension/storage/session-record.ts';
import { CodedError } from '../../../../src/protocol/coded-error.ts';
import { localIn } from '../../../support/driver-samples.ts';
import { documents, encryptRequest, openingRequest, sealRequest } from '../../../support/session-samples.ts';

const never = new AbortController().signal;

/** A desk whose client does `call`, and what was asked of both. */
function deskWith(call: (method: string, params: object, options: object) => unknown) {
  const jobs: DeskJob[] = [];
  const desk = {
    withClient: async (job: DeskJob, work: (desk: object) => unknown) => {
      jobs.push(job);
      return work({ client: { call }, files: [] });
    },
  } as unknown as DocumentDesk;
  return { desk, jobs };
}

const probe = (session: SessionRecord, desk: DocumentDesk, signal: AbortSignal = never) =>
  createVendorChannel(session, desk).call('vendor.probe', { connector: 'xtx' }, signal);

const untilAborted = (_method: string, _params: object, { signal }: { readonly signal?: AbortSignal }) =>
  new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new CodedError('REQUEST_ABORTED')));
  });

describe('a service that does not answer', () => {
  it('is silent where a bound is over', async () => {
    const { desk } = deskWith(untilAborted);
    await expect(probe(localIn('preparing'), desk, AbortSignal.timeout(1))).rejects.toMatchObject({
      code: 'VENDOR_SILENT',
    });
  });

  it('is nobody’s fault where nobody waits any more', async () => {
    const { desk } = deskWith(untilAborted);
    const stop = new AbortController();
    const asked = probe(localIn('preparing'), desk, stop.signal);
    stop.abort();
    await expect(asked).rejects.toMatchObject({ code: 'REQUEST_ABORTED' });
  });
});

it.each(['VENDOR_NOT_RUNNING', 'CLIENT_NOT_FOUND', 'CLIENT_EXITED'] as const)(
  'what keeps it from answering is told as it is: %s',
  async (code) => {
    const { desk } = deskWith(() => Promise.reject(new CodedError(code)));
    await expect(probe(localIn('preparing'), desk)).rejects.toMatchObject({ code });
  },
);

it('is asked by the client that has the session’s documents', async () => {
  const call = vi.fn<(method: string, params: object, options: object) => Promise<object>>();
  call.mockResolvedValue({ version: '3.5' });
  const { desk, jobs } = deskWith(call);
  const requests = [localIn('preparing').request, sealRequest, encryptRequest, openingRequest('open')];
  for (const request of requests) {
    const session = localIn('preparing', { request, signing: { documents } });
    expect(await probe(session, desk)).toEqual({ version: '3.5' });
  }
  expect(jobs.map(({ kind }) => kind)).toEqual(['signature', 'signature', 'encryption', 'encryption']);
  expect(jobs[1]).toMatchObject({ sessionId: localIn('preparing').id, expected: documents });
  expect(call).toHaveBeenCalledWith('vendor.probe', { connector: 'xtx' }, { signal: never });
});
