import { sm3 } from '../../../src/gm/sm3.ts';
import { toHex, utf8 } from '../../../src/lib/bytes.ts';
import { openBody, type Opened, type TestGateway } from './gateway-client.ts';

export const contents = ['abc', 'abcd'.repeat(16)] as const;

export const documents = contents.map((content, index) => ({
  name: `投标文件 ${index + 1}.pdf`,
  size: content.length,
  sm3: toHex(sm3(utf8(content))),
}));

export const selfTest = 'chrome-extension://gabbepjlbhfbhgjiojcfengklcakolhb';

/** Body of an `open` that asks for seals on two documents. */
export function signingBody(change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const { challenge: _, ...body } = openBody({ scene: 'signature', documents });
  return { ...body, ...change };
}

export async function openSigning(
  server: TestGateway,
  change: Readonly<Record<string, unknown>> = {},
): Promise<Opened> {
  return (await (await server.post('/sessions', signingBody(change))).json()) as Opened;
}

export const identityBody = (change: Readonly<Record<string, unknown>> = {}): object => ({
  certificate: 'MA==',
  chain: ['MA=='],
  seals: [{ id: 'company', name: '公章', seal: 'MA==' }],
  ...change,
});

export const toBeSigned = ['MA==', 'MAA='];

/** Signatures as a phone hands them over. */
export const signaturesFor = (
  businessId: string,
  origin: unknown,
  change: Readonly<Record<string, unknown>> = {},
): object => ({
  format: 'ca-bridge-signatures/1',
  scene: 'signature',
  businessId,
  origin,
  certificate: 'MA==',
  signatures: ['MA==', 'MA=='],
  ...change,
});
