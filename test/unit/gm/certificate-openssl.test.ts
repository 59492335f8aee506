import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { parseCertificate } from '../../../src/gm/certificate.ts';
import { openssl } from '../../support/openssl.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.ts';
import { issueIntermediate, issueRoot, issueSubscriber, moment, toPem } from './test-pki.ts';

// Other programs may need the processors at the same time.
vi.setConfig({ testTimeout: 60_000 });

const root = issueRoot();
const intermediate = issueIntermediate(root);
const certificates = {
  root,
  intermediate,
  signing: issueSubscriber(intermediate, 'signing'),
  encryption: issueSubscriber(intermediate, 'encryption'),
  // Validity past 2049 is written as GeneralizedTime.
  lasting: issueSubscriber(intermediate, 'signing', { notAfter: new Date('2060-01-01T00:00:00Z') }),
} as const;
type Name = keyof typeof certificates;

let folder: TemporaryFolder;
const path = (name: Name) => join(folder.path, `${name}.pem`);

beforeAll(async () => {
  folder = await createTemporaryFolder();
  for (const [name, { certificate }] of Object.entries(certificates)) {
    await writeFile(path(name as Name), toPem('CERTIFICATE', certificate));
  }
}, 60_000);

afterAll(() => folder.remove());

describe('the openssl command accepts', () => {
  // It applies the user id to the first certificate alone, so every link is verified by itself.
  test.each<[Name, Name]>([
    ['intermediate', 'root'],
    ['signing', 'intermediate'],
    ['encryption', 'intermediate'],
    ['lasting', 'intermediate'],
  ])('our %s certificate under our %s', async (subject, issuer) => {
    const at = String(Math.floor(moment.getTime() / 1_000));
    const options = ['-vfyopt', 'distid:1234567812345678', '-x509_strict', '-partial_chain', '-attime', at];
    const said = await openssl(['verify', ...options, '-trusted', path(issuer), path(subject)]);
    expect(said.toString('utf8')).toContain(': OK');
  });

  it('and does not accept it under another authority of the same name', async () => {
    const other = join(folder.path, 'other.pem');
    await writeFile(other, toPem('CERTIFICATE', issueRoot().certificate));
    const options = ['-vfyopt', 'distid:1234567812345678', '-partial_chain', '-trusted', other];
    await expect(openssl(['verify', ...options, path('intermediate')])).rejects.toThrow('error');
  });

  it('the encoding and the contents of each', async () => {
    for (const name of Object.keys(certificates) as Name[]) {
      const parsed = parseCertificate(certificates[name].certificate);
      const structure = await openssl(['asn1parse', '-in', path(name)]);
      const fields = ['-noout', '-serial', '-subject', '-startdate', '-nameopt', 'RFC2253,utf8,-esc_msb'];
      const text = (await openssl(['x509', '-in', path(name), ...fields])).toString('utf8');
      expect(structure.toString('utf8')).toContain('SM2-with-SM3');
      expect(text).toContain(`serial=${parsed.serialNumber.toUpperCase()}`);
      expect(text).toContain(`subject=${parsed.subject.text}`);
      expect(text).toContain('notBefore=Jan  1 00:00:00 2026 GMT');
    }
  });

  it('the address of the revocation list in one', async () => {
    const url = 'http://ca.example/1.crl';
    const listed = join(folder.path, 'listed.pem');
    const { certificate } = issueSubscriber(root, 'signing', { crlDistributionPoints: [url] });
    await writeFile(listed, toPem('CERTIFICATE', certificate));
    const said = await openssl(['x509', '-in', listed, '-noout', '-ext', 'crlDistributionPoints']);
    expect(said.toString('utf8')).toContain(`URI:${url}`);
  });
});
