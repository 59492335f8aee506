import { DerError } from '../../../gm/der.ts';
import { sm2PublicKey } from '../../../gm/sm2.ts';
import { Sm2Error } from '../../../gm/sm2-curve.ts';
import { equalBytes } from '../../../lib/bytes.ts';
import type { Certificate } from '../../../gm/certificate.ts';
import { FileProblem, readingAt } from '../files/file-problem.ts';
import { readBounded } from '../files/read-bounded.ts';
import { decryptKeyInfo, KeyEncryptionError } from './decrypt-key-info.ts';
import { isPem, keyOfPem } from './pem-key.ts';
import { isKeyFileRefusal, readKeyFileContent } from './private-key-info.ts';

const mostBytes = 65_536;

/** Gives the passphrase, in memory that is overwritten after use; undefined where there is nobody to ask. */
export type AskPassphrase = () => Promise<Uint8Array | undefined>;

/**
 * Reads the SM2 private key of a certificate: PKCS#8, also with a passphrase (PBES2), or SEC1; PEM or DER.
 * @returns 32 bytes, to be overwritten by the caller. Nothing else of the file, and no passphrase, is left in memory
 * @throws FileProblem `input…`, `key…`, `passphrase…`
 */
export async function readPrivateKey(
  path: string,
  certificate: Certificate,
  askPassphrase: AskPassphrase,
): Promise<Uint8Array> {
  const privateKey = await readKey(path, askPassphrase);
  if (isKeyOf(privateKey, certificate)) return privateKey;
  privateKey.fill(0);
  throw new FileProblem('keyNotOfCertificate', path);
}

async function readKey(path: string, askPassphrase: AskPassphrase): Promise<Uint8Array> {
  const file = await readingAt(path, () => readBounded(path, mostBytes));
  const der = file && (isPem(file) ? keyOfPem(file) : file);
  try {
    if (der === undefined) throw new FileProblem('keyUnreadable', path);
    const content = readKeyFileContent(der);
    if (content.kind === 'plain') return content.privateKey.slice();
    return await decrypt(path, content, askPassphrase);
  } catch (error) {
    if (isKeyFileRefusal(error)) throw new FileProblem('keyUnreadable', path);
    if (error instanceof KeyEncryptionError) throw new FileProblem('keyEncryptionUnknown', path);
    throw error;
  } finally {
    file?.fill(0);
    der?.fill(0);
  }
}

async function decrypt(
  path: string,
  { algorithm, encrypted }: Extract<ReturnType<typeof readKeyFileContent>, { kind: 'encrypted' }>,
  askPassphrase: AskPassphrase,
): Promise<Uint8Array> {
  const passphrase = await askPassphrase();
  if (passphrase === undefined) throw new FileProblem('passphraseMissing', path);
  let info: Uint8Array | undefined;
  try {
    info = decryptKeyInfo(algorithm, encrypted, passphrase);
    if (info === undefined) throw new FileProblem('passphraseWrong', path);
    const content = readKeyFileContent(info);
    if (content.kind === 'plain') return content.privateKey.slice();
    throw new KeyEncryptionError('twice');
  } catch (error) {
    // What a wrong passphrase decrypts to is hardly ever DER.
    throw info !== undefined && error instanceof DerError ? new FileProblem('passphraseWrong', path) : error;
  } finally {
    passphrase.fill(0);
    info?.fill(0);
  }
}

function isKeyOf(privateKey: Uint8Array, { publicKey }: Certificate): boolean {
  try {
    return equalBytes(sm2PublicKey(privateKey), publicKey);
  } catch (error) {
    if (error instanceof Sm2Error) return false;
    throw error;
  }
}
