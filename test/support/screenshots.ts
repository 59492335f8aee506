import { mkdir } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { projectPath } from './project-paths.ts';

export const screenshotFolder = projectPath('dist/screenshots');

/** Keeps what `page` looks like now under `dist/screenshots/`; the name says what it shows. */
export async function takeScreenshot(page: Page, name: string): Promise<void> {
  await mkdir(screenshotFolder, { recursive: true });
  await page.screenshot({ path: `${screenshotFolder}/${name.replaceAll(/[^\w一-鿿.]+/g, '-')}.png` });
}
