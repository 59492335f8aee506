import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest';
import type { Fault } from '../../src/sandbox/gateway/faults.ts';
import { samplePdf } from '../../src/sandbox/trading-site/sample-pdf.ts';
import { toBase64 } from '../../src/lib/bytes.ts';
import { closePages, startLab, untilState, type Lab } from '../support/lab.ts';
import { takeScreenshot } from '../support/screenshots.ts';
import { pickCompanySeal, startMessage, startSealing, type Signing } from '../support/signing-calls.ts';
import { testSubscriber, type TestSubscriber } from '../support/test-subscriber.ts';

let lab: Lab;
beforeAll(async () => void (lab = await startLab()));
afterEach(async () => {
  lab.world.gateway.setFaults([]);
  lab.world.gateway.setQrLifetime(120);
  await closePages(lab);
});
afterAll(() => lab.close());

const bid = () => ({ name: '投标文件.pdf', bytes: samplePdf('Bid', 2) });
const keyword = `[{ kind: 'keyword', text: 'SEAL HERE' }]`;
const foreignCertificate = () => toBase64(testSubscriber(lab.world.authority).pair.signing);
const newest = () => lab.world.gateway.sessions().at(-1)?.state;

/** How it ended, in the window and for the page, which got no file; the front server knows that nobody waits. */
async function endOf({ prompt, report }: Signing) {
  const { error, files } = await report();
  expect(files).toEqual([]);
  const end = prompt.locator('[data-state="failed"], [data-state="cancelled"]').first();
  await end.waitFor();
  await expect.poll(newest).toMatch(/cancelled|confirmed|refused|expired/);
  return [await end.getAttribute('data-state'), error?.code];
}

describe('a front server that lies about a message ends the request without a file', () => {
  /** Scans, identifies and signs as far as front server and window let the phone. */
  async function signWith(lie: Fault): Promise<Signing> {
    const signing = await startMessage(lab);
    await untilState(signing.prompt, 'awaitingScan');
    lab.world.gateway.setFaults([lie]);
    const pending = await lab.scanToSign(signing.prompt);
    await lab.signOnPhone(pending);
    return signing;
  }

  it('that names another certificate with the signatures', async () => {
    const lie: Fault = { kind: 'swappedCertificate', call: 'result', certificate: foreignCertificate() };
    expect(await endOf(await signWith(lie))).toEqual(['failed', 'RESULT_MISMATCH']);
  });

  it('that brings a signature by another key', async () => {
    const signing = await signWith({ kind: 'foreignSignature' });
    expect(await endOf(signing)).toEqual(['failed', 'SIGNATURE_MISMATCH']);
    await takeScreenshot(signing.prompt, 'signature mismatch');
  });

  it('that leaves a signature out', async () => {
    expect(await endOf(await signWith({ kind: 'missingSignature' }))).toEqual(['failed', 'RESULT_MISMATCH']);
  });

  it('that gives the phone other bytes to sign: the phone refuses', async () => {
    const signing = await startMessage(lab);
    await untilState(signing.prompt, 'awaitingScan');
    lab.world.gateway.setFaults([{ kind: 'swappedToBeSigned' }]);
    const pending = await lab.scanToSign(signing.prompt);
    await lab.phone.identify(pending, lab.subscriber.identity);
    await expect(lab.phone.untilToBeSigned(pending)).rejects.toMatchObject({ code: 'unknownContent' });
    expect(await endOf(signing)).toEqual(['cancelled', 'USER_REFUSED']);
  });

  it('that names another certificate as the one that scanned: the phone refuses what was made for it', async () => {
    const signing = await startMessage(lab);
    await untilState(signing.prompt, 'awaitingScan');
    const certificate = foreignCertificate();
    lab.world.gateway.setFaults([{ kind: 'swappedCertificate', call: 'identity', certificate }]);
    const pending = await lab.scanToSign(signing.prompt);
    await lab.phone.identify(pending, lab.subscriber.identity);
    await expect(lab.phone.untilToBeSigned(pending)).rejects.toMatchObject({ code: 'unknownContent' });
    expect(await endOf(signing)).toEqual(['cancelled', 'USER_REFUSED']);
    await takeScreenshot(signing.prompt, 'phone refused');
  });

  it('that names an absurdly large identity', async () => {
    const signing = await startMessage(lab);
    await untilState(signing.prompt, 'awaitingScan');
    lab.world.gateway.setFaults([{ kind: 'hugeIdentity' }]);
    await lab.phone.identify(await lab.scanToSign(signing.prompt), lab.subscriber.identity);
    expect(await endOf(signing)).toEqual(['failed', 'FRONT_SERVER_PROTOCOL']);
  });

  const altered: Fault[] = [{ kind: 'droppedDocuments' }, { kind: 'alteredDocumentName' }];
  test.each(altered)('that shows the phone something else than was asked for: %o', async (lie) => {
    const signing = await startMessage(lab);
    await untilState(signing.prompt, 'awaitingScan');
    lab.world.gateway.setFaults([lie]);
    await expect(lab.scanToSign(signing.prompt)).rejects.toMatchObject({ code: 'alteredQr' });
    expect(await endOf(signing)).toEqual(['cancelled', 'USER_REFUSED']);
  });
});

describe('a front server that lies about a seal', () => {
  it('that cuts the seals short is caught before any of them is shown', async () => {
    const opening = lab.nextPrompt();
    lab.world.gateway.setFaults([{ kind: 'malformedSeal' }]);
    const sealing = startSealing(lab, [bid()]);
    await untilState(await opening, 'failed');
    await sealing.catch(() => undefined);
    expect(newest()).toBe('cancelled');
  });

  it('that gives the phone other bytes shows other numbers there, and a careless signature is no seal', async () => {
    const sealing = await startSealing(lab, [bid()], { places: keyword });
    const before = await digestInPage(sealing);
    await pickCompanySeal(sealing.prompt);
    await sealing.prompt.getByRole('button', { name: '确认位置，到手机上签署' }).click();
    lab.world.gateway.setFaults([{ kind: 'swappedToBeSigned' }]);
    const { toBeSigned, signingNumber } = await lab.phone.untilToBeSigned(sealing.pending);
    await sealing.prompt.locator('.matching').first().waitFor();
    const shown = await sealing.prompt.locator('.matching').first().textContent();
    expect(shown?.replaceAll(/\D/g, '')).not.toBe(signingNumber);
    await takeScreenshot(sealing.prompt, 'signing number');
    await lab.phone.sign(sealing.pending, lab.subscriber.credential, toBeSigned);
    expect(await endOf(sealing)).toEqual(['failed', 'SIGNATURE_MISMATCH']);
    expect(await digestInPage(sealing)).toBe(before);
  });
});

/** SHA-256 of the file that the bidder chose, as the page reads it now. */
function digestInPage({ page }: Signing): Promise<string> {
  return page.evaluate(`files[0].arrayBuffer().then((bytes) => crypto.subtle.digest('SHA-256', bytes))
    .then((digest) => [...new Uint8Array(digest)].join())`);
}

describe('a front server in trouble while the phone signs', () => {
  it('that is away when the bytes are handed over, and back again, seals', async () => {
    const sealing = await startSealing(lab, [bid()], { places: keyword });
    await pickCompanySeal(sealing.prompt);
    const before = await digestInPage(sealing);
    const submitted = lab.world.gateway.counts().submit;
    lab.world.gateway.setFaults([{ kind: 'serverError', call: 'submit', times: 3 }]);
    const { files } = await sealing.finish();
    expect(files).toHaveLength(1);
    expect(lab.world.gateway.counts().submit - submitted).toBe(4);
    expect(await digestInPage(sealing)).toBe(before);
  });

  it('that stays away ends in a code within the stated bound', async () => {
    const sealing = await startSealing(lab, [bid()], { places: keyword });
    await pickCompanySeal(sealing.prompt);
    lab.world.gateway.setFaults([{ kind: 'down' }]);
    await sealing.prompt.getByRole('button', { name: '确认位置，到手机上签署' }).click();
    const { error, files } = await sealing.report();
    expect({ code: error?.code, retry: error?.retry, files }).toEqual({
      code: 'FRONT_SERVER_UNREACHABLE',
      retry: true,
      files: [],
    });
    await untilState(sealing.prompt, 'failed');
    await takeScreenshot(sealing.prompt, 'front server away while signing');
  });

  it('whose result comes late is waited for', async () => {
    const signing = await startMessage(lab);
    lab.world.gateway.setFaults([{ kind: 'serverError', call: 'result', times: 2 }]);
    await untilState(signing.prompt, 'awaitingScan');
    await lab.signOnPhone(await lab.scanToSign(signing.prompt));
    expect((await signing.report()).files).toHaveLength(1);
  });
});

describe('a phone that does not sign', () => {
  it('refuses after it has identified itself', async () => {
    const sealing = await startSealing(lab, [bid()], { places: keyword });
    await lab.phone.refuse(sealing.pending);
    expect(await endOf(sealing)).toEqual(['cancelled', 'USER_REFUSED']);
    await takeScreenshot(sealing.prompt, 'refused while arranging');
  });

  it('refuses what it was given to sign', async () => {
    const sealing = await startSealing(lab, [bid()], { places: keyword });
    await pickCompanySeal(sealing.prompt);
    await sealing.prompt.getByRole('button', { name: '确认位置，到手机上签署' }).click();
    await lab.phone.untilToBeSigned(sealing.pending);
    await lab.phone.refuse(sealing.pending);
    expect(await endOf(sealing)).toEqual(['cancelled', 'USER_REFUSED']);
  });

  it('comes too late: the QR is no longer shown, and the renewed one signs', async () => {
    lab.world.gateway.setQrLifetime(5);
    const { prompt, report } = await startMessage(lab);
    await untilState(prompt, 'awaitingScan');
    const old = newestId();
    await untilState(prompt, 'expired');
    expect(await prompt.locator('.qr-code').count()).toBe(0);
    await takeScreenshot(prompt, 'message expired');
    lab.world.gateway.setQrLifetime(120);
    await prompt.getByRole('button', { name: '刷新二维码' }).click();
    await untilState(prompt, 'awaitingScan');
    const pending = await lab.scanToSign(prompt);
    expect(pending.businessId).not.toBe(old);
    await lab.signOnPhone(pending);
    expect((await report()).files).toHaveLength(1);
  });

  it('scans and never goes on', async () => {
    lab.world.gateway.setQrLifetime(5);
    const { prompt, report } = await startMessage(lab);
    await untilState(prompt, 'awaitingScan');
    const pending = await lab.scanToSign(prompt);
    await untilState(prompt, 'expired');
    await expect(lab.phone.identify(pending, lab.subscriber.identity)).rejects.toMatchObject({
      code: 'ended',
    });
    await prompt.close();
    expect(await report()).toMatchObject({ error: { code: 'USER_CANCELLED' }, files: [] });
  });
});

const newestId = () => lab.world.gateway.sessions().at(-1)?.businessId;

describe('a certificate that must not sign is refused before the phone is asked to', () => {
  /** A message for a site that trusts the sandbox's authority, and this subscriber's phone. */
  async function identifyAs(subscriber: TestSubscriber): Promise<Signing> {
    const { root, issuer } = lab.world.authority;
    const trustAnchors = JSON.stringify([root, issuer].map(toBase64));
    const signing = await startMessage(
      lab,
      `bridge.signMessage({ text: '我方确认参加投标。', form: 'attached', platform: 'zhongzhao-hulian',
        trustAnchors: ${trustAnchors} }, options)`,
    );
    await untilState(signing.prompt, 'awaitingScan');
    await lab.phone.identify(await lab.scanToSign(signing.prompt), subscriber.identity);
    return signing;
  }

  test.each([
    ['expired', 'SIGNER_EXPIRED'],
    ['notYetValid', 'SIGNER_EXPIRED'],
    ['wrongUsage', 'SIGNER_NOT_FOR_SIGNING'],
    ['untrusted', 'SIGNER_UNTRUSTED'],
  ] as const)('%s: %s', async (defect, code) => {
    const submitted = lab.world.gateway.counts().submit;
    const signing = await identifyAs(testSubscriber(lab.world.authority, defect));
    expect(await endOf(signing)).toEqual(['failed', code]);
    expect(lab.world.gateway.counts().submit).toBe(submitted);
    await takeScreenshot(signing.prompt, `signer ${defect}`);
  });
});

describe('a seal that must not be used is shown with the reason and cannot be picked', () => {
  test.each(['expired', 'otherHolder'] as const)('%s', async (defect) => {
    const { seals } = testSubscriber(lab.world.authority, undefined, defect);
    const { prompt } = await startSealing(lab, [bid()], {
      identity: { ...lab.subscriber.identity, seals },
    });
    const seal = prompt.getByRole('radio', { name: /公章/ });
    await seal.waitFor();
    await takeScreenshot(prompt, `seal ${defect}`);
    expect(await seal.isDisabled()).toBe(true);
    expect(
      await prompt.getByRole('button', { name: '确认位置，到手机上签署' }).getAttribute('aria-disabled'),
    ).toBe('true');
  });
});
