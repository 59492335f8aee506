import { expect, test } from 'vitest';
import { fetchRevocationList } from '../../../../src/clients/certificates/fetch-revocation-list.ts';

test.each([
  'data:application/pkix-crl;base64,MAA=',
  'blob:nodedata:1234',
  'file:///etc/passwd',
  'ldap://directory.example/list',
  'list.crl',
  '',
])('an address that is not of the web is asked nothing (%s)', async (address) => {
  expect(await fetchRevocationList(address, undefined)).toBeUndefined();
});

test('a request that is aborted already is none', async () => {
  expect(await fetchRevocationList('http://127.0.0.1:1/x.crl', AbortSignal.abort())).toBeUndefined();
});
