import { addSdk, closePages, untilState, type Lab } from '../support/lab.ts';
import type { Figure } from './figure.ts';
import { peers } from './peers.ts';
import { repeat } from './repeat.ts';

const repetitions = 12;

/** In every page of the extension: notes when the QR first was on the screen, after the paint that shows it. */
const watchQr = `if (location.protocol === 'chrome-extension:') {
  globalThis.qrPainted = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (document.querySelector('[data-state="awaitingScan"] .qr-code') === null) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(Date.now());
        port2.postMessage(null);
      });
    });
    observer.observe(document, { subtree: true, childList: true, attributes: true });
  });
}`;

/** From nothing to a login, as a site does it; gives the time of the call, and keeps the time of its result. */
const callLogin = `(() => {
  const startedAt = Date.now();
  globalThis.settled = CaBridge.connectBridge()
    .then((bridge) => bridge.login({ challenge: 'challenge-of-the-bench-0123', platform: 'zhongzhao-hulian' }))
    .then(() => Date.now());
  return startedAt;
})()`;

interface LoginTimes {
  readonly callToQr: number;
  readonly phoneToResult: number;
}

/** What the bidder waits for: the QR after the click, and the page after the phone. */
export async function measureLogins(lab: Lab): Promise<Figure[]> {
  await lab.browser.context.addInitScript(watchQr);
  await logIn(lab, 'warm');
  const warm = await repeat(repetitions, () => logIn(lab, 'warm'));
  const cold = await repeat(repetitions, () => logIn(lab, 'cold'));
  return [
    {
      metric: 'page call to visible QR, warm worker',
      samples: warm.map((times) => times.callToQr),
      unit: 'ms',
      peers: peers.qr,
    },
    {
      metric: 'page call to visible QR, cold worker',
      samples: cold.map((times) => times.callToQr),
      unit: 'ms',
      peers: peers.qr,
    },
    {
      metric: 'phone confirmation to page result',
      samples: [...warm, ...cold].map((times) => times.phoneToResult),
      unit: 'ms',
      peers: peers.phone,
    },
  ];
}

/** One whole login. All clocks are the machine's own, so times of different processes compare. */
async function logIn(lab: Lab, worker: 'warm' | 'cold'): Promise<LoginTimes> {
  const page = await lab.openSite();
  await addSdk(page);
  const opening = lab.nextPrompt();
  if (worker === 'cold') await lab.browser.killWorker();
  const calledAt = await page.evaluate<number>(callLogin);
  const prompt = await opening;
  const paintedAt = await prompt.evaluate<number>('qrPainted');
  const pending = await lab.scan(prompt);
  await untilState(prompt, 'scanned');
  await lab.phone.confirm(pending, lab.subscriber.credential);
  const confirmedAt = Date.now();
  const settledAt = await page.evaluate<number>('settled');
  await closePages(lab);
  return { callToQr: paintedAt - calledAt, phoneToResult: settledAt - confirmedAt };
}
