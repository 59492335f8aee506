import { afterEach, describe, expect, it } from 'vitest';
import { openEnvelope, sealEnvelope, parseEnvelope } from '../../../src/gm/enveloped-data.ts';
import { utf8 } from '../../../src/lib/bytes.ts';
import { unattendedPath } from '../../../src/sandbox/phone-server.ts';
import { startTestWorld, type TestWorld } from './test-world.ts';

let world: TestWorld;
afterEach(() => world.close());

const organisations = ['湛江第一测试有限公司', '湛江第二测试有限公司'];

describe('phones that nobody holds', () => {
  it('are not there unless they are asked for', async () => {
    world = await startTestWorld();
    expect(world.unattended).toBeUndefined();
    expect((await fetch(world.phoneOrigin + unattendedPath)).status).toBe(404);
  });

  it('are there for each bidder that is named', async () => {
    world = await startTestWorld({ unattended: organisations });
    expect(world.unattended?.organisations).toEqual(organisations);
    expect(await (await fetch(world.phoneOrigin + unattendedPath)).json()).toEqual({ organisations });
  });
});

it('the trading centre opens what is encrypted to its certificate', async () => {
  world = await startTestWorld();
  const { encryption } = world.centre;
  const content = utf8('key');
  const sealed = sealEnvelope({ content, recipients: [encryption.certificate] });
  expect(openEnvelope(parseEnvelope(sealed), encryption)).toEqual(content);
});
