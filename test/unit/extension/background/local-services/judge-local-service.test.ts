import { expect, it, test } from 'vitest';
import { judgeLocalService } from '../../../../../src/extension/background/local-services/judge-local-service.ts';

const site = 'https://ggzy.zhanjiang.gov.cn';
const sender = { extensionId: 'ours', origin: site, documentId: 'd', documentLifecycle: 'active', tabId: 7 };
const judge = (changes: object) => judgeLocalService({ ...sender, ...changes }, 'ours', [site, 'null']);

it('takes a document of a site on which the bridge is turned on', () => {
  expect(judge({})).toEqual({ origin: site, tabId: 7 });
  expect(judge({ documentLifecycle: undefined })).toEqual({ origin: site, tabId: 7 });
});

test.each([
  ['of another extension', { extensionId: 'theirs' }],
  ['of nobody', { extensionId: undefined }],
  ['of another site', { origin: 'https://other.example' }],
  ['of a name that only begins likewise', { origin: `${site}.example` }],
  ['of another scheme', { origin: 'http://ggzy.zhanjiang.gov.cn' }],
  ['of another port', { origin: `${site}:8443` }],
  ['in a sandbox', { origin: 'null' }],
  ['without an origin', { origin: undefined }],
  ['without a document', { documentId: undefined }],
  ['in no tab', { tabId: undefined }],
  ['in the background', { tabId: -1 }],
  ['kept for a way back', { documentLifecycle: 'cached' }],
  ['loaded ahead', { documentLifecycle: 'prerender' }],
])('takes none %s', (_, changes) => {
  expect(judge(changes)).toBeUndefined();
});
