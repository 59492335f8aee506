import { mkdir, writeFile } from 'node:fs/promises';
import { PNG } from 'pngjs';
import type { Page } from 'playwright-core';
import { projectPath } from './project-paths.ts';

export const screenshotFolder = projectPath('dist/screenshots');

/** Keeps what `page` looks like now under `dist/screenshots/`; the name says what it shows. */
export async function takeScreenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: await pathOf(name) });
}

/** Keeps a picture that was made elsewhere, as a rendered page, in the same place. */
export async function keepPicture(picture: PNG, name: string): Promise<void> {
  await writeFile(await pathOf(name), PNG.sync.write(picture));
}

async function pathOf(name: string): Promise<string> {
  await mkdir(screenshotFolder, { recursive: true });
  return `${screenshotFolder}/${name.replaceAll(/[^\w一-鿿.]+/g, '-')}.png`;
}
