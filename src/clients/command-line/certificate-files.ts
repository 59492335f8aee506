import { open } from 'node:fs/promises';
import { isCertificateRefusal, parseCertificate, type Certificate } from '../../gm/certificate.ts';
import { fromBase64 } from '../../lib/bytes.ts';
import { UsageError } from './command.ts';
import { readBounded } from './files/read-bounded.ts';
import { shownPath } from './shown-path.ts';

const maxBytes = 2 ** 26;

/** The certificates of PEM files, or of DER files of one each. @throws UsageError */
export async function readCertificateFiles(paths: readonly string[]): Promise<Certificate[]> {
  const certificates: Certificate[] = [];
  for (const path of paths) {
    for (const der of await readEncodings(path, 'CERTIFICATE')) certificates.push(parseOrRefuse(der, path));
  }
  return certificates;
}

/** The encodings in files of PEM blocks with this label, or of DER. @throws UsageError */
export async function readEncodingFiles(paths: readonly string[], label: string): Promise<Uint8Array[]> {
  const encodings: Uint8Array[] = [];
  for (const path of paths) encodings.push(...(await readEncodings(path, label)));
  return encodings;
}

async function readEncodings(path: string, label: string): Promise<Uint8Array[]> {
  const bytes = await readSmallFile(path);
  const text = new TextDecoder('latin1').decode(bytes);
  if (!text.includes('-----BEGIN ')) return [bytes];
  const pattern = new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]*)-----END ${label}-----`, 'g');
  const blocks = [...text.matchAll(pattern)];
  if (blocks.length === 0) throw unreadable(path);
  return blocks.map(([, base64 = '']) => {
    try {
      return fromBase64(base64.replaceAll(/\s/g, ''));
    } catch {
      throw unreadable(path);
    }
  });
}

async function readSmallFile(path: string): Promise<Uint8Array> {
  const bytes = await readBounded(path, maxBytes).catch(() => {
    throw cannotOpen(path);
  });
  if (bytes === undefined) throw unreadable(path);
  return bytes;
}

/** Opens a file for reading. @throws UsageError */
export async function openFile(path: string): Promise<Awaited<ReturnType<typeof open>>> {
  try {
    const handle = await open(path, 'r');
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
  } catch {
    // Told below, as a folder is.
  }
  throw cannotOpen(path);
}

function parseOrRefuse(der: Uint8Array, path: string): Certificate {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (isCertificateRefusal(error)) throw unreadable(path);
    throw error;
  }
}

function cannotOpen(path: string): UsageError {
  const shown = shownPath(path);
  return new UsageError({ 'zh-CN': `无法打开文件：${shown}`, en: `Cannot open ${shown}` });
}

function unreadable(path: string): UsageError {
  const shown = shownPath(path);
  return new UsageError({
    'zh-CN': `文件中不是可用的国密证书或吊销列表：${shown}`,
    en: `No SM2 certificate or revocation list: ${shown}`,
  });
}
