import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

/** Renders the PNG icons from their SVG sources: `npx tsx test/support/render-icons.ts`. */
const icons = fileURLToPath(new URL('../../icons/', import.meta.url));

/** PNG by its SVG source; 16 pixels have drawings of their own, on whole pixels. */
const pictures = [
  { source: 'icon-16', target: 'icon-16', size: 16 },
  { source: 'icon', target: 'icon-32', size: 32 },
  { source: 'icon', target: 'icon-48', size: 48 },
  { source: 'icon', target: 'icon-128', size: 128 },
  { source: 'icon-waiting-16', target: 'icon-waiting-16', size: 16 },
  { source: 'icon-waiting', target: 'icon-waiting-32', size: 32 },
] as const;

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const page = await browser.newPage();
  for (const { source, target, size } of pictures) {
    const svg = await readFile(`${icons}${source}.svg`);
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(
      `<body style="margin:0"><img style="display:block" width="${size}" height="${size}" src="data:image/svg+xml;base64,${svg.toString('base64')}">`,
    );
    const drawn = await page.evaluate(() => (document.images[0]?.naturalWidth ?? 0) > 0);
    if (!drawn) throw new Error(`${source}.svg is no picture`);
    await writeFile(`${icons}${target}.png`, await page.screenshot({ omitBackground: true }));
  }
} finally {
  await browser.close();
}
