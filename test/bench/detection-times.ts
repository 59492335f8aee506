import { openUiPort, type UiPort } from '../support/ui-port.ts';
import { fieldOrigin, type Lab } from '../support/lab.ts';
import type { Figure } from './figure.ts';

const draws = ['canvas', 'img', 'svg', 'table', 'background'] as const;
const roundsEach = 5;

/**
 * From the moment at which a page that knows nothing of the bridge has drawn its QR to the moment at which the
 * background knows of it. All clocks are the machine's own.
 */
export async function measureDetectionTimes(lab: Lab): Promise<Figure[]> {
  const ui = await openUiPort(lab);
  const samples: number[] = [];
  for (let round = 0; round < roundsEach; round += 1) {
    for (const draw of draws) samples.push(await detect(lab, ui, draw));
  }
  await ui.page.close();
  return [
    {
      metric: 'QR drawn by an unmodified page to its detection, five ways of drawing',
      samples,
      unit: 'ms',
      peers: 'none detects',
    },
  ];
}

async function detect({ browser }: Lab, ui: UiPort, draw: (typeof draws)[number]): Promise<number> {
  const page = await browser.context.newPage();
  await page.goto(`${fieldOrigin}/legacy/login.html?draw=${draw}`);
  await page.getByRole('button', { name: '全国共享互认CA入口', exact: true }).click();
  const drawnAt = Number(await page.locator('.ewm-code').first().getAttribute('data-drawn-epoch'));
  const { mirrors = [] } = await ui.until(({ mirrors: found = [] }) =>
    found.some(({ state, since }) => state === 'shown' && since >= drawnAt),
  );
  const since = mirrors.find((mirror) => mirror.state === 'shown' && mirror.since >= drawnAt)?.since ?? NaN;
  await page.close();
  return since - drawnAt;
}
