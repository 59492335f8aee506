import { createCipheriv } from 'node:crypto';
import { describe, expect, it, test, vi } from 'vitest';
import { encode } from '../../../src/gm/der-encode.ts';
import { contextTag } from '../../../src/gm/der.ts';
import { envelopeFrame } from '../../../src/gm/enveloped-data-frame.ts';
import { openEnvelope, parseEnvelope, sealEnvelope } from '../../../src/gm/enveloped-data.ts';
import { oid } from '../../../src/gm/object-identifiers.ts';
import { concatBytes, toHex } from '../../../src/lib/bytes.ts';
import { openEnvelopeByOpenssl, opensslEncrypts } from '../../support/cms-judges.ts';
import {
  build,
  content,
  holder,
  id,
  octets,
  recipientInfo,
  recipientSet,
  root,
  sequence,
} from './enveloped-data-parts.ts';
import { issueSubscriber } from './test-pki.ts';

// Other programs may need the processors at the same time.
vi.setConfig({ testTimeout: 60_000 });

const other = issueSubscriber(root, 'encryption', { commonName: '李四' });
const recipients = [other.certificate, holder.certificate];

describe('`openssl cms -decrypt`', () => {
  it('does not open an envelope for somebody else', async () => {
    const message = sealEnvelope({ content, recipients: [other.certificate], flavour: 'pkcs7' });
    await expect(openEnvelopeByOpenssl(message, holder)).rejects.toThrow(
      /no matching recipient|Error decrypting/i,
    );
  });

  it('opens what is sealed under the names of RFC 5652, as it is', async () => {
    const message = sealEnvelope({ content, recipients, flavour: 'pkcs7' });
    expect(await openEnvelopeByOpenssl(message, holder)).toEqual(content);
    expect(await openEnvelopeByOpenssl(message, other)).toEqual(content);
  });

  // Around the sizes at which the lengths of the four rewritten headers take another byte.
  test.each([0, 1, 48, 100, 127, 128, 250, 65_200, 65_535])(
    'opens what is sealed under the names of GM/T 0010, rewritten, with a content of %i bytes',
    async (length) => {
      const plain = Uint8Array.from({ length }, (_, index) => index & 0xff);
      const message = sealEnvelope({ content: plain, recipients: [holder.certificate] });
      expect(toHex(await openEnvelopeByOpenssl(message, holder))).toBe(toHex(plain));
    },
  );

  it.each(['gm', 'pkcs7'] as const)(
    'opens a message of 3 MiB whose content was streamed, %s',
    async (flavour) => {
      const plain = Uint8Array.from({ length: 3 * 2 ** 20 + 5 }, (_, index) => (index * 7) & 0xff);
      const { before, key, iv } = envelopeFrame({ recipients, size: plain.length, flavour });
      const cipher = createCipheriv('sm4-cbc', key, iv);
      const message = concatBytes(before, cipher.update(plain), cipher.final());
      const opened = await openEnvelopeByOpenssl(message, holder);
      expect(Buffer.from(opened).equals(plain)).toBe(true);
    },
  );
});

describe('what openssl encrypts', () => {
  it('opens here, under either names', async () => {
    const { encryptedKey, iv, encryptedContent } = await opensslEncrypts(content, holder.certificate);
    const parts = {
      recipients: recipientSet(recipientInfo({ encryptedKey: octets(encryptedKey) })),
      algorithm: sequence(id(oid.sm4Cbc), octets(iv)),
      encrypted: encode(contextTag(0, 'primitive'), encryptedContent),
    };
    const pkcs7 = { type: id(oid.pkcs7EnvelopedData), dataType: id(oid.pkcs7Data) };
    expect(openEnvelope(parseEnvelope(build(parts)), holder)).toEqual(content);
    expect(openEnvelope(parseEnvelope(build({ ...parts, ...pkcs7 })), holder)).toEqual(content);
  });
});
