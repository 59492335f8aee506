import { describe, expect, it } from 'vitest';
import {
  bidResult,
  neededBytes,
  outputsToSave,
} from '../../../../src/extension/background/bids/bid-results.ts';
import type { SessionRecord } from '../../../../src/extension/storage/session-record.ts';
import { failed, openable, opened, openIn } from '../../../support/bid-samples.ts';

const done = { outcome: { bids: 'opened' } } as const;
const bids = [opened, failed('BID_DAMAGED'), opened];
const kept = new Map([
  [0, new Blob(['one'])],
  [2, new Blob(['three'])],
]);
const completing = (more: Partial<SessionRecord> = {}): SessionRecord => ({
  ...openIn('completing', { bids }),
  ...done,
  ...more,
});
const forUser = (): SessionRecord['request'] =>
  ({ ...openIn('completing').request, params: { deliver: 'user' } }) as SessionRecord['request'];

describe('bytes that must be there before the page is told', () => {
  it('are those of each opened file', () => {
    expect(neededBytes(completing())).toEqual([0, 2]);
  });

  it('are none once the user has saved them', () => {
    expect(neededBytes(completing({ request: forUser() }))).toEqual([0, 2]);
    expect(neededBytes(completing({ request: forUser(), saved: true }))).toEqual([]);
  });

  it('are none of a rehearsal or a check', () => {
    for (const purpose of ['rehearse', 'check'] as const) {
      expect(neededBytes({ ...openIn('completing', { bids }, purpose), ...done })).toEqual([]);
    }
  });
});

describe('what the page gets', () => {
  it('is never a success without its bytes', () => {
    expect(() => bidResult(completing(), new Map(), 'en')).toThrow('bytes are missing');
  });

  it('is each file with its outcome, and the bytes of what was opened', () => {
    expect(bidResult(completing(), kept, 'zh-CN')).toMatchObject({
      bids: [
        { ok: true, blob: kept.get(0) },
        { ok: false, error: { code: 'BID_DAMAGED', message: expect.stringContaining('加密文件内容已损坏') } },
        { ok: true, blob: kept.get(2) },
      ],
    });
  });

  it('is no bytes where the user keeps them', () => {
    const result = bidResult(completing({ request: forUser(), saved: true }), new Map(), 'en');
    expect(JSON.stringify(result)).not.toContain('blob');
  });

  it('is of a check whether each file can be opened', () => {
    const check = {
      ...openIn('completing', { bids: [openable, failed('BID_NOT_FOR_PHONE')] }, 'check'),
      ...done,
    };
    expect(bidResult(check, new Map(), 'en')).toMatchObject({ bids: [{ ok: true }, { ok: false }] });
  });
});

it('the user saves each opened file under its own name', () => {
  expect(outputsToSave(completing(), kept).map(({ name }) => name)).toEqual(['bid.pdf', 'bid.pdf']);
});
