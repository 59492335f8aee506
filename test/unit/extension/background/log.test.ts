import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CodedError } from '../../../../src/protocol/coded-error.ts';
import { logError, logInfo, setLogLevel } from '../../../../src/extension/background/log.ts';

const written: unknown[][] = [];
const keep = (...words: unknown[]) => void written.push(words);

beforeEach(() => {
  written.length = 0;
  vi.spyOn(console, 'error').mockImplementation(keep);
  vi.spyOn(console, 'info').mockImplementation(keep);
});
afterEach(() => {
  vi.restoreAllMocks();
  setLogLevel('error');
});

describe('the log', () => {
  it('writes errors alone unless told', () => {
    logError('policy-invalid');
    logInfo('policy-read');
    expect(written).toEqual([['CA Bridge: policy-invalid']]);
  });

  it('writes nothing where it is off', () => {
    setLogLevel('off');
    logError('policy-invalid', new CodedError('STORAGE_UNAVAILABLE'));
    logInfo('policy-read');
    expect(written).toEqual([]);
  });

  it('writes both where an administrator wants to follow what happens', () => {
    setLogLevel('info');
    logError('policy-invalid');
    logInfo('policy-read');
    expect(written).toEqual([['CA Bridge: policy-invalid'], ['CA Bridge: policy-read']]);
  });

  it('writes the code of an error, and nothing else of it', () => {
    logError('settings-not-written', new CodedError('STORAGE_UNAVAILABLE', 'of a person'));
    logError('settings-not-written', new Error('https://trade.example.gov.cn/?name=person'));
    logError('settings-not-written', 'a secret');
    expect(written.map(([, code]) => code)).toEqual([
      'STORAGE_UNAVAILABLE',
      'BRIDGE_INTERNAL',
      'BRIDGE_INTERNAL',
    ]);
    expect(JSON.stringify(written)).not.toMatch(/person|secret/);
  });
});
