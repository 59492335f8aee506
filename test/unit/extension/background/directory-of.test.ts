import { readFileSync } from 'node:fs';
import { describe, expect, it, test, vi } from 'vitest';
import type { Configuration } from '../../../../src/protocol/configuration.ts';
import { platformIds } from '../../../../src/protocol/platform-ids.ts';
import { builtInDirectory } from '../../../../src/platforms/directory.ts';
import { platforms } from '../../../../src/platforms/registry.ts';
import { directoryOf } from '../../../../src/extension/background/settings/directory-of.ts';
import { projectPath } from '../../../support/project-paths.ts';

vi.mock('webextension-polyfill', async () => ({ default: (await import('./fake-browser.ts')).fakeBrowser }));

const directory = (policy: Configuration, builtIn: Configuration = {}) => directoryOf({ builtIn, policy });
const entry = (id: string, policy: Configuration, builtIn: Configuration = {}) =>
  directory(policy, builtIn).find((one) => one.id === id);

describe('the built-in directory', () => {
  it('has every platform of the build once', () => {
    expect(builtInDirectory.map(({ id }) => id).toSorted()).toEqual([...platformIds].toSorted());
  });

  test.each(platformIds)('names %s and its hotline as its platform does', (id) => {
    const { name, hotline } = platforms[id];
    expect(builtInDirectory.find((one) => one.id === id)).toMatchObject({
      name,
      ...(hotline && { hotline }),
    });
  });

  it('says what is published of the platforms, and nothing else', () => {
    const facts = builtInDirectory.map((one) => {
      const { id, name: _name, scenes: _scenes, ...rest } = one;
      return [id, rest];
    });
    expect(facts).toEqual([
      [
        'zhongzhao-hulian',
        { group: 'mutual', state: 'enabled', hotline: '400-666-4230', qrHosts: ['ebinterlink.com'] },
      ],
      ['yue-qi-qian', { group: 'other', state: 'enabled' }],
      ['yun-you-cai', { group: 'other', state: 'enabled' }],
    ]);
  });

  it('is what is shown without policy', () => {
    expect(directory({})).toEqual(builtInDirectory);
  });
});

describe('an entry of policy', () => {
  it('replaces the fields that it gives, and no other', () => {
    const before = entry('zhongzhao-hulian', {});
    const after = entry('zhongzhao-hulian', {
      directory: [{ id: 'zhongzhao-hulian', hotline: '400-000-0000', phoneSystems: ['android'] }],
    });
    expect(after).toEqual({
      ...before,
      hotline: '400-000-0000',
      phoneSystems: ['android'],
      byPolicy: true,
    });
  });

  it('replaces a list as a whole', () => {
    const policy: Configuration = { directory: [{ id: 'zhongzhao-hulian', qrHosts: ['qr.example.com'] }] };
    expect(entry('zhongzhao-hulian', policy)?.qrHosts).toEqual(['qr.example.com']);
  });

  it('leaves the other entries and the order alone', () => {
    const after = directory({ directory: [{ id: 'yun-you-cai', driver: 'https://driver.example' }] });
    expect(after.map(({ id }) => id)).toEqual(builtInDirectory.map(({ id }) => id));
    expect(after.filter(({ byPolicy }) => byPolicy).map(({ id }) => id)).toEqual(['yun-you-cai']);
  });

  it('comes beside the built-in ones, in its order, with defaults for what it does not say', () => {
    const after = directory({
      directory: [{ id: 'second-ca', hotline: '400-000-0000' }, { id: 'a-first-ca' }],
    });
    expect(after.slice(builtInDirectory.length)).toEqual([
      {
        id: 'second-ca',
        name: { 'zh-CN': 'second-ca', en: 'second-ca' },
        group: 'other',
        state: 'comingSoon',
        scenes: [],
        hotline: '400-000-0000',
        byPolicy: true,
      },
      expect.objectContaining({ id: 'a-first-ca' }),
    ]);
  });

  it('given twice counts once, the later over the earlier', () => {
    const after = directory({
      directory: [
        { id: 'example-ca', hotline: '1-000', group: 'mutual' },
        { id: 'example-ca', hotline: '2-000' },
      ],
    });
    expect(after.slice(builtInDirectory.length)).toEqual([
      expect.objectContaining({ id: 'example-ca', hotline: '2-000', group: 'mutual' }),
    ]);
  });

  it('wins over one of the build, which is not called one of policy', () => {
    const builtIn: Configuration = {
      directory: [{ id: 'yue-qi-qian', hotline: '1-000', manual: 'https://a.example' }, { id: 'example-ca' }],
    };
    expect(
      entry('yue-qi-qian', { directory: [{ id: 'yue-qi-qian', hotline: '2-000' }] }, builtIn),
    ).toMatchObject({
      hotline: '2-000',
      manual: 'https://a.example',
      byPolicy: true,
    });
    expect(entry('example-ca', {}, builtIn)).not.toHaveProperty('byPolicy');
  });

  it('never changes the built-in entries themselves', () => {
    const before = structuredClone(builtInDirectory);
    directory({ directory: [{ id: 'yue-qi-qian', state: 'comingSoon' }] });
    expect(builtInDirectory).toEqual(before);
  });
});

it('the build ships no address that nobody published', () => {
  const files = platformIds.map((id) => `src/platforms/${id}/directory-entry.ts`);
  expect(files.filter((file) => readFileSync(projectPath(file), 'utf8').includes('://'))).toEqual([]);
});
