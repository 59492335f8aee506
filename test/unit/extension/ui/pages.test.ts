import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const source = (path: string): string =>
  readFileSync(new URL(`../../../../src/extension/${path}`, import.meta.url), 'utf8');

test.each([
  'prompt/prompt.html',
  'popup/popup.html',
  'verification/verification.html',
  'self-test/self-test.html',
  'options/options.html',
  'directory/directory.html',
])('%s keeps to the content security policy', (path) => {
  const html = source(path);
  expect(html).not.toMatch(/\sstyle=|<style|\son\w+=|javascript:|https?:/);
  expect(
    [...html.matchAll(/<script([^>]*)>([^<]*)/g)].map(([, attributes, body]) => [attributes, body]),
  ).toEqual([[expect.stringMatching(/^ type="module" src="\.\/[\w-]+\.tsx"$/), '']]);
});

test.each([
  'ui/style.css',
  'ui/parts.css',
  'ui/session-card.css',
  'ui/bid.css',
  'ui/report.css',
  'documents/documents.css',
  'prompt/prompt.css',
  'prompt/mirror.css',
  'popup/popup.css',
  'verification/verification.css',
  'options/options.css',
  'directory/directory.css',
])('%s loads nothing', (path) => {
  expect(source(path)).not.toMatch(/url\(|@import|@font-face/);
});
