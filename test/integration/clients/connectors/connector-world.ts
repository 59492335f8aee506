import { onTestFinished } from 'vitest';
import { parseCertificate } from '../../../../src/gm/certificate.ts';
import { verifySm2 } from '../../../../src/gm/sm2.ts';
import { fromBase64, toBase64 } from '../../../../src/lib/bytes.ts';
import type { EncryptionParams } from '../../../../src/protocol/encryption-methods.ts';
import { createAuthority } from '../../../../src/sandbox/authority/authority.ts';
import { projectPath } from '../../../support/project-paths.ts';
import { testBidder, type TestSubscriber } from '../../../support/test-subscriber.ts';
import type { PinWindow, XtxServiceKey } from '../../../support/xtx-service-functions.ts';
import { startXtxService, type XtxService, type XtxServiceOptions } from '../../../support/xtx-service.ts';
import { driveClient, type DrivenClient } from '../encryption/driven-client.ts';

const authority = createAuthority(Date.now, () => 'http://127.0.0.1:1/ca.crl');

/** A bidder whose certificates are on a key of the vendor's. */
export interface KeyHolder {
  readonly bidder: TestSubscriber;
  readonly key: XtxServiceKey;
  /** Its encryption certificate as the encryption client's methods take it. */
  readonly own: EncryptionParams<'encrypt'>['own'];
  /** Signing certificate, base64 DER. */
  readonly certificate: string;
}

export function keyHolder(id = 'key-1'): KeyHolder {
  const bidder = testBidder(authority);
  const { pair, credential, encryptionCredential } = bidder;
  return {
    bidder,
    key: {
      id,
      name: bidder.organisation,
      signing: { certificate: pair.signing, privateKey: credential.privateKey },
      encryption: encryptionCredential,
    },
    own: { certificate: toBase64(encryptionCredential.certificate), chain: pair.chain.map(toBase64) },
    certificate: toBase64(pair.signing),
  };
}

/** A service that ends with the current test, at the real ports unless told. */
export async function running(options: XtxServiceOptions = {}): Promise<XtxService> {
  const service = await startXtxService(options);
  onTestFinished(() => service.kill());
  return service;
}

/** The same, whose PIN windows wait for the test. */
export async function runningWithWindows(options: XtxServiceOptions = {}) {
  const windows: PinWindow[] = [];
  let told: () => void = () => undefined;
  const service = await running({
    ...options,
    onPinWindow(window) {
      windows.push(window);
      told();
    },
  });
  const nextWindow = async (): Promise<PinWindow> => {
    for (;;) {
      const window = windows.shift();
      if (window !== undefined) return window;
      await new Promise<void>((resolve) => (told = resolve));
    }
  };
  return { service, nextWindow };
}

const programs = {
  signature: projectPath('dist/clients/signature-client.cjs'),
  encryption: projectPath('dist/clients/encryption-client.cjs'),
};

/** A built client as a process of its own; it ends with the current test. */
export function client(kind: keyof typeof programs): Promise<DrivenClient> {
  return driveClient({ program: programs[kind] });
}

/** Does the base64 signature hold over the base64 content? */
export function holds(certificate: string, content: string, signature: string | undefined): boolean {
  const { publicKey } = parseCertificate(fromBase64(certificate));
  return verifySm2(publicKey, fromBase64(content), fromBase64(signature ?? ''));
}

/** Tells the client to give up a request. */
export async function cancel(driven: DrivenClient, { id }: { readonly id: number }): Promise<void> {
  await driven.call('cancel', { id });
}
