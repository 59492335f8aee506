import { describe, expect, it, test, vi } from 'vitest';
import { capabilitiesOf } from '../../../../src/extension/background/capabilities.ts';
import {
  driverOf,
  platformChoices,
  platformToTake,
  type Deployment,
} from '../../../../src/extension/background/configuration.ts';
import { takePlatform } from '../../../../src/extension/background/runners/take-platform.ts';
import type { SessionRequest } from '../../../../src/extension/storage/session-record.ts';
import type { Configuration } from '../../../../src/protocol/configuration.ts';
import { platformIds } from '../../../../src/protocol/platform-ids.ts';
import { scenes, type Scene } from '../../../../src/protocol/scenes.ts';
import { loginRequest, sealRequest } from '../../../support/session-samples.ts';

vi.mock('webextension-polyfill', () => ({
  default: { runtime: { getManifest: () => ({ version: '0.0.0' }) } },
}));

const front = 'https://front.example.cn/relay/v1';
const byFrontServer = (...ids: (typeof platformIds)[number][]): Configuration => ({
  frontServers: Object.fromEntries(ids.map((id) => [id, front])),
});
const deployed = (policy: Configuration = {}, builtIn: Configuration = {}): Deployment => ({
  builtIn,
  policy,
});
const ofSite = (platform: (typeof platformIds)[number]): SessionRequest => ({
  scene: 'login',
  params: { site: { platform } },
});

describe('what cannot be taken', () => {
  it('is a platform without front server and without a local service', () => {
    for (const platform of ['zhongzhao-hulian', 'yue-qi-qian'] as const) {
      const request: SessionRequest = { scene: 'login', params: { challenge: 'c'.repeat(16), platform } };
      expect(takePlatform({ request }, deployed())).toBe('none');
    }
  });

  it('is one that policy does not allow, by no driver', () => {
    const deployment = deployed({ ...byFrontServer('yue-qi-qian'), platforms: ['zhongzhao-hulian'] });
    expect(takePlatform({ request: ofSite('yue-qi-qian') }, deployment)).toBe('none');
    expect(takePlatform({ request: loginRequest, platform: 'yun-you-cai' }, deployment)).toBe('none');
    expect(takePlatform({ request: loginRequest, platform: 'yue-qi-qian' }, deployment)).toBe('none');
  });

  it('is a seal by a local service', () => {
    expect(takePlatform({ request: sealRequest, platform: 'yun-you-cai' }, deployed())).toBe('none');
    expect(platformToTake(deployed(), undefined, 'yun-you-cai', 'signature')).toBe('none');
  });
});

describe('without being asked', () => {
  it('nobody is supposed to have a key on this machine', () => {
    expect(platformToTake(deployed(), undefined)).toBeUndefined();
    expect(platformToTake(deployed(byFrontServer('zhongzhao-hulian')), undefined)).toBe('zhongzhao-hulian');
  });

  it('unless there is no other platform', () => {
    expect(platformToTake(deployed({ platforms: ['yun-you-cai'] }), undefined)).toBe('yun-you-cai');
  });

  it('or it is the default: policy’s before the user’s, the user’s before the build’s', () => {
    const all = byFrontServer(...platformIds);
    const [first, second, third] = platformIds;
    const builtIn = { defaultPlatform: third };
    expect(platformToTake(deployed({ ...all, defaultPlatform: first }, builtIn), undefined, second)).toBe(
      first,
    );
    expect(platformToTake(deployed(all, builtIn), undefined, second)).toBe(second);
    expect(platformToTake(deployed(all, builtIn), undefined)).toBe(third);
    expect(platformToTake(deployed(), undefined, 'yun-you-cai')).toBe('yun-you-cai');
  });
});

describe('the driver', () => {
  it('is the page’s own where the page says so, whatever else is configured', () => {
    for (const policy of [{}, byFrontServer(...platformIds)]) {
      for (const platform of platformIds) {
        expect(takePlatform({ request: ofSite(platform) }, deployed(policy))).toEqual({
          platform,
          driver: 'site',
        });
      }
    }
  });

  it.each([
    [{}, {}, 'relay'],
    [{ defaultDriver: 'local' }, {}, 'local'],
    [{}, { defaultDriver: 'local' }, 'local'],
    [{ defaultDriver: 'relay' }, { defaultDriver: 'local' }, 'relay'],
    [{ defaultDriver: 'site' }, {}, 'relay'],
  ] satisfies [Configuration, Configuration, string][])(
    'of a platform that has both is decided by policy %j, then by the build %j',
    (policy, builtIn, driver) => {
      const deployment = deployed({ ...byFrontServer('yun-you-cai'), ...policy }, builtIn);
      expect(driverOf(deployment, 'yun-you-cai', 'login')).toBe(driver);
    },
  );

  it('of a seal is the front server although the local service is preferred', () => {
    const deployment = deployed({ ...byFrontServer('yun-you-cai'), defaultDriver: 'local' });
    expect(driverOf(deployment, 'yun-you-cai', 'signature')).toBe('relay');
  });

  it('is decided anew for a platform that the user has chosen', () => {
    const chosen = { request: loginRequest, platform: 'yun-you-cai' } as const;
    expect(takePlatform(chosen, deployed())).toEqual({ platform: 'yun-you-cai', driver: 'local' });
  });
});

describe('the choices', () => {
  const available = (deployment: Deployment, scene?: Scene) =>
    platformChoices(deployment, scene)
      .filter((choice) => choice.available)
      .map(({ id }) => id);

  it('are those that can serve the scene', () => {
    expect(available(deployed())).toEqual(['yun-you-cai']);
    expect(available(deployed(), 'signature')).toEqual([]);
    expect(available(deployed(byFrontServer('yue-qi-qian')), 'signature')).toEqual(['yue-qi-qian']);
  });
});

describe('capabilities', () => {
  const offered = (deployment: Deployment) =>
    capabilitiesOf(deployment).scenes.map(({ scene, driver, platform }) => `${platform} ${driver} ${scene}`);
  const bySite = platformIds.flatMap((id) => scenes.map((scene) => `${id} site ${scene}`));
  const local = scenes.filter((scene) => scene !== 'signature').map((scene) => `yun-you-cai local ${scene}`);

  it('without anything configured are the page’s own flow and the local service', () => {
    expect(offered(deployed()).toSorted()).toEqual([...bySite, ...local].toSorted());
  });

  test.each(platformIds)('have the front server of %s, and never two drivers for one scene', (id) => {
    const list = offered(deployed(byFrontServer(id)));
    for (const scene of scenes) expect(list).toContain(`${id} relay ${scene}`);
    const own = list.filter((one) => !one.includes(' site '));
    const perScene = own.map((one) => one.split(' ')).map(([platform, , scene]) => `${platform} ${scene}`);
    expect(new Set(perScene).size).toBe(own.length);
  });

  it('have nothing of what policy does not allow, and no driver without sessions', () => {
    const list = offered(deployed({ platforms: ['yue-qi-qian'] }));
    expect(list).toEqual(scenes.map((scene) => `yue-qi-qian site ${scene}`));
  });
});
