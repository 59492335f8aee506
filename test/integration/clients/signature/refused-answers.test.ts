import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signSm2 } from '../../../../src/gm/sm2.ts';
import { fromBase64, toBase64 } from '../../../../src/lib/bytes.ts';
import { nativeErrorNumbers } from '../../../../src/protocol/native-messages.ts';
import type { SignatureParams } from '../../../../src/protocol/signature-methods.ts';
import { handWrittenPdf, plainObjects } from '../../../support/pdf-samples.ts';
import type { TestSubscriber } from '../../../support/test-subscriber.ts';
import { startDrivenClient, type DrivenClient } from './driven-client.ts';
import { createSignatureWorld, type SignatureWorld } from './signature-world.ts';
import {
  answerTo,
  messageParams,
  revokeParams,
  sealDocument,
  sealParams,
  signerOf,
} from './signing-scenes.ts';

let world: SignatureWorld;
let client: DrivenClient;
let subscriber: TestSubscriber;
beforeAll(async () => {
  world = await createSignatureWorld();
  client = await startDrivenClient();
  subscriber = world.subscriber();
});
afterAll(async () => {
  await client.stop();
  world.close();
});

const pdf = handWrittenPdf(plainObjects);
const scenes = ['message', 'cms seal', 'ses seal', 'revocation'] as const;
type Scene = (typeof scenes)[number];

/** What reaches the second half otherwise than it was prepared. */
type Change = Partial<SignatureParams<'revoke.complete'>>;

/** A scene up to the phone; `complete` gives the code of its refusal, or the output. */
async function prepare(scene: Scene, file: string) {
  const wishes = { trust: world.rootTrust };
  const halves = async <First extends 'message.prepare' | 'seal.prepare' | 'revoke.prepare'>(
    first: First,
    params: SignatureParams<First>,
    complete: (rest: Change & ReturnType<typeof answerTo>) => Promise<unknown>,
  ) => {
    const { toBeSigned } = await client.call(first, params);
    const answer = answerTo(subscriber, toBeSigned);
    return { toBeSigned, complete: (change: Change) => complete({ ...answer, ...change }) };
  };
  switch (scene) {
    case 'message': {
      const params = messageParams(file, subscriber, wishes);
      return halves('message.prepare', params, (rest) =>
        client.refusal('message.complete', { ...params, ...rest }),
      );
    }
    case 'revocation': {
      const params = revokeParams(file, subscriber, wishes);
      return halves('revoke.prepare', params, (rest) =>
        client.refusal('revoke.complete', { ...params, ...rest }),
      );
    }
    case 'cms seal':
    case 'ses seal': {
      const format = scene === 'cms seal' ? 'cms' : 'ses';
      const params = sealParams(file, subscriber, { ...wishes, format });
      return halves('seal.prepare', params, (rest) =>
        client.refusal('seal.complete', { ...params, ...rest }),
      );
    }
  }
}

const sign = (who: TestSubscriber, bytes: Uint8Array) => toBase64(signSm2(who.credential.privateKey, bytes));

describe.each(scenes)('%s', (scene) => {
  let prepared: Awaited<ReturnType<typeof prepare>>;
  beforeAll(async () => {
    const plain = await client.send('bid.pdf', pdf);
    const isSealed = scene === 'revocation';
    const file = isSealed ? await sealDocument(client, subscriber, sealParams(plain, subscriber)) : plain;
    prepared = await prepare(scene, file);
  });
  /** What the second half is refused with, and the files that came of it. */
  const refusalOf = async (change: Change) => {
    const before = await client.stored();
    const code = await prepared.complete(change);
    return { code, made: (await client.stored()).filter((name) => !before.includes(name)) };
  };

  it('takes no signature over another digest', async () => {
    const signature = sign(subscriber, randomBytes(32));
    expect(await refusalOf({ signature })).toEqual({ code: 'SIGNATURE_MISMATCH', made: [] });
  });

  it('takes no signature of another key', async () => {
    const signature = sign(world.subscriber(), fromBase64(prepared.toBeSigned));
    expect(await refusalOf({ signature })).toEqual({ code: 'SIGNATURE_MISMATCH', made: [] });
  });

  it.each([
    ['random bytes', randomBytes(70)],
    ['zeros', Uint8Array.of(0x30, 6, 2, 1, 0, 2, 1, 0)],
    ['another value of DER', Uint8Array.of(5, 0)],
  ])('takes no signature that is %s', async (_, bytes) => {
    const signature = toBase64(bytes);
    expect(await refusalOf({ signature })).toEqual({ code: 'SIGNATURE_MISMATCH', made: [] });
  });

  it('takes no signature that is no base64', async () => {
    const code = nativeErrorNumbers.invalidParams;
    expect(await refusalOf({ signature: '*' })).toEqual({ code, made: [] });
  });

  it('takes no other bytes to be signed, however well signed', async () => {
    const other = fromBase64(prepared.toBeSigned);
    other.set([(other.at(-1) ?? 0) ^ 1], other.length - 1);
    const answer = { toBeSigned: toBase64(other), signature: sign(subscriber, other) };
    expect(await refusalOf(answer)).toEqual({ code: 'FILE_CHANGED', made: [] });
  });

  it('takes no other time than the one that was signed', async () => {
    const signingTime = Date.now() - 60_000;
    expect(await refusalOf({ signingTime })).toEqual({ code: 'FILE_CHANGED', made: [] });
  });

  it('takes no document but the one that was prepared', async () => {
    const file = await client.send('bid.pdf', handWrittenPdf({ ...plainObjects, 9: '(other)' }));
    const code = scene === 'revocation' ? 'SEAL_NOT_FOUND' : 'FILE_CHANGED';
    expect(await refusalOf({ file })).toEqual({ code, made: [] });
  });

  it('takes no certificate that was swapped after the preparation', async () => {
    const codes = {
      message: 'FILE_CHANGED',
      'cms seal': 'SEAL_UNUSABLE',
      'ses seal': 'SEAL_UNUSABLE',
      revocation: 'SEAL_NOT_YOURS',
    };
    const signer = signerOf(world.subscriber());
    expect(await refusalOf({ signer })).toEqual({ code: codes[scene], made: [] });
  });

  it('takes the phone’s signature when all is as it was prepared', async () => {
    expect(await prepared.complete({})).toMatchObject({ sm3: expect.any(String) });
  });
});
