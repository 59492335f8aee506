import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { cutSigner, opensslSm2Holds, opensslSm3 } from '../../../support/sm2-judges.ts';
import { driveClient } from './driven-client.ts';
import { answerTo, messageParams, signMessage } from './signing-scenes.ts';
import { createSignatureWorld, type SignatureWorld } from './signature-world.ts';

let world: SignatureWorld;
beforeAll(async () => {
  world = await createSignatureWorld();
});
afterAll(() => world.close());

const text = Buffer.from('投标报价：人民币 1,234,567.89 元', 'utf8');
const forms = ['attached', 'detached'] as const;

describe.each(forms)('a message signed %s', (form) => {
  it('is valid in the eyes of the client', async () => {
    const client = await driveClient();
    const subscriber = world.subscriber();
    const content = await client.send('bid.txt', text);
    const params = messageParams(content, subscriber, { form, trust: world.trust });
    const file = await signMessage(client, subscriber, params);
    const report = await client.call('verify', {
      file,
      trust: world.trust,
      ...(form === 'detached' ? { content } : {}),
    });
    expect(report).toMatchObject({
      kind: 'message',
      verdict: 'valid',
      signatures: [
        { signer: { organization: '湛江测试建设有限公司', creditCode: subscriber.pair.creditCode } },
      ],
    });
  });

  it('is valid with one warning for who knows the root alone: nothing says whether its authority was revoked', async () => {
    const client = await driveClient();
    const subscriber = world.subscriber();
    const content = await client.send('bid.txt', text);
    const params = messageParams(content, subscriber, { form, trust: world.rootTrust });
    const report = await client.call('verify', {
      file: await signMessage(client, subscriber, params),
      trust: world.rootTrust,
      ...(form === 'detached' ? { content } : {}),
    });
    const findings = report.signatures.flatMap((signature) => signature.findings);
    expect(report.verdict).toBe('validWithWarnings');
    expect(findings.filter(({ severity }) => severity !== 'info')).toMatchObject([
      { code: 'revocationUnknown', data: { name: '测试企业证书 CA TEST' } },
    ]);
  });

  it('is of GM/T 0010 and verified by openssl: certificate, digest of the content, signature', async () => {
    const client = await driveClient();
    const subscriber = world.subscriber();
    const file = await signMessage(
      client,
      subscriber,
      messageParams(await client.send('bid.txt', text), subscriber, { form }),
    );
    const message = await client.fetch(file);
    const signer = await cutSigner(message);
    expect(signer.contentType).toBe('1.2.156.10197.6.1.4.2.2');
    const [certificate, ...issuers] = signer.certificates;
    expect(certificate).toEqual(Buffer.from(subscriber.pair.signing));
    expect(issuers).toEqual(subscriber.pair.chain.map((der) => Buffer.from(der)));
    expect(signer.messageDigest).toBe(await opensslSm3(text));
    const { signedAttributes, signature } = signer;
    expect(await opensslSm2Holds(subscriber.pair.signing, signedAttributes, signature)).toBe(true);
    const other = Uint8Array.from(signedAttributes);
    other.set([(other.at(-1) ?? 0) ^ 1], other.length - 1);
    expect(await opensslSm2Holds(subscriber.pair.signing, other, signature)).toBe(false);
    expect(message.includes(text)).toBe(form === 'attached');
  });

  it('is the same to the byte when the halves run in two processes', async () => {
    const subscriber = world.subscriber();
    const signingTime = Date.now();
    const parts = async () => {
      const client = await driveClient();
      const file = await client.send('bid.txt', text);
      return { client, params: messageParams(file, subscriber, { form, signingTime }) };
    };
    const first = await parts();
    const { toBeSigned } = await first.client.call('message.prepare', first.params);
    const answer = answerTo(subscriber, toBeSigned);
    const complete = async ({ client, params }: Awaited<ReturnType<typeof parts>>) => {
      const output = await client.call('message.complete', { ...params, ...answer });
      return client.fetch(output.file);
    };
    const message = await complete(first);
    first.client.process.kill('SIGKILL');
    expect((await complete(await parts())).equals(message)).toBe(true);
  });

  it('of 64 MiB is valid, and memory stays flat', async () => {
    const client = await driveClient();
    const subscriber = world.subscriber();
    const content = await client.send('bid.zip', Buffer.alloc(64 * 2 ** 20, randomBytes(4_096)));
    const file = await signMessage(client, subscriber, messageParams(content, subscriber, { form }));
    const report = await client.call('verify', {
      file,
      trust: world.trust,
      ...(form === 'detached' ? { content } : {}),
    });
    expect(report.verdict).toBe('valid');
    expect(await client.peakMemory()).toBeLessThan(160);
  });

  it('over changed content is invalid', async () => {
    const client = await driveClient();
    const subscriber = world.subscriber();
    const content = await client.send('bid.txt', text);
    const file = await signMessage(client, subscriber, messageParams(content, subscriber, { form }));
    const other = Buffer.from(text.toString('utf8').replace('1,234', '9,234'));
    const message = await client.fetch(file);
    const at = message.indexOf(text);
    if (at !== -1) other.copy(message, at);
    const report = await client.call('verify', {
      file: await client.send('bid.txt.p7s', message),
      trust: world.trust,
      ...(form === 'detached' ? { content: await client.send('bid.txt', other) } : {}),
    });
    expect(report.verdict).toBe('invalid');
  });
});

test('the answer tells size and digest of the message that can be fetched', async () => {
  const client = await driveClient();
  const subscriber = world.subscriber();
  const params = messageParams(await client.send('bid.txt', text), subscriber);
  const { toBeSigned } = await client.call('message.prepare', params);
  const output = await client.call('message.complete', { ...params, ...answerTo(subscriber, toBeSigned) });
  const message = await client.fetch(output.file);
  expect(output).toMatchObject({
    size: message.length,
    sm3: createHash('sm3').update(message).digest('hex'),
  });
});

test('a detached message without its content says neither yes nor no', async () => {
  const client = await driveClient();
  const subscriber = world.subscriber();
  const params = messageParams(await client.send('bid.txt', text), subscriber);
  const file = await signMessage(client, subscriber, params);
  const report = await client.call('verify', { file, trust: world.trust });
  expect(report).toMatchObject({ verdict: 'cannotTell' });
});
