import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import {
  canInstallPackages,
  findInPath,
  installPackages,
  updatePackageLists,
} from './ensure-browser-packages.ts';
import { runCommand, tryCommand } from './run-command.ts';
import { createTemporaryFolder } from './temporary-folder.ts';

type Judge = 'qpdf' | 'pdfsig' | 'pdftoppm';

const packages: Readonly<Record<Judge, string>> = {
  qpdf: 'qpdf',
  pdfsig: 'poppler-utils',
  pdftoppm: 'poppler-utils',
};

const found = new Map<Judge, Promise<string>>();

/**
 * Path of one of the programs that judge our PDFs; Debian's is installed where that needs no password.
 * @throws Error that says what is missing and what to type.
 */
export function ensurePdfJudge(judge: Judge): Promise<string> {
  const known = found.get(judge) ?? findOrInstall(judge);
  found.set(judge, known);
  return known;
}

async function findOrInstall(judge: Judge): Promise<string> {
  const installed = findInPath(judge);
  if (installed !== undefined) return installed;
  const missing = `The tests need the ${judge} command`;
  const formula = packages[judge] === 'qpdf' ? 'qpdf' : 'poppler';
  if (process.platform === 'darwin') throw new Error(`${missing}. Type: brew install ${formula}`);
  if (!(await canInstallPackages())) {
    throw new Error(
      `${missing}. Type: sudo apt-get install qpdf poppler-utils (or your system's counterpart)`,
    );
  }
  await updatePackageLists();
  await installPackages('qpdf', 'poppler-utils');
  const fresh = findInPath(judge);
  if (fresh === undefined) throw new Error(`${missing}; the system's package has it not`);
  return fresh;
}

/** Puts the bytes into a file for as long as `use` takes. */
async function withFile<T>(pdf: Uint8Array, use: (file: string, folder: string) => Promise<T>): Promise<T> {
  const folder = await createTemporaryFolder('ca-bridge-pdf-');
  try {
    const file = join(folder.path, 'judged.pdf');
    await writeFile(file, pdf);
    return await use(file, folder.path);
  } finally {
    await folder.remove();
  }
}

/** What `qpdf --check` complains of; nothing for a clean file. */
export async function qpdfComplaints(pdf: Uint8Array): Promise<string> {
  const command = await ensurePdfJudge('qpdf');
  return withFile(pdf, async (file) => {
    const { code, stdout, stderr } = await tryCommand(command, ['--check', file]);
    return code === 0 ? '' : `${stderr}${Buffer.from(stdout).toString('utf8')}`.replaceAll(file, 'the file');
  });
}

/** Lets qpdf write the PDF anew, with these options. */
export async function rewriteWithQpdf(pdf: Uint8Array, ...options: readonly string[]): Promise<Uint8Array> {
  const command = await ensurePdfJudge('qpdf');
  return withFile(pdf, async (file, folder) => {
    const output = join(folder, 'rewritten.pdf');
    await runCommand(command, [...options, file, output]);
    return new Uint8Array(await readFile(output));
  });
}

export interface ListedSignature {
  readonly fieldName: string;
  readonly subFilter: string;
  readonly coversWholeFile: boolean;
  /** The lines that `pdfsig` printed for it. */
  readonly text: string;
}

/** The signatures that poppler sees, in the order of its list. */
export async function listedSignatures(pdf: Uint8Array): Promise<readonly ListedSignature[]> {
  const command = await ensurePdfJudge('pdfsig');
  return withFile(pdf, async (file) => {
    const { stdout } = await tryCommand(command, ['-nocert', file]);
    const parts = Buffer.from(stdout)
      .toString('utf8')
      .split(/^Signature #\d+:$/m)
      .slice(1);
    return parts.map((text) => ({
      fieldName: /Signature Field Name: (.*)/.exec(text)?.[1] ?? '',
      subFilter: /Signature Type: (.*)/.exec(text)?.[1] ?? '',
      coversWholeFile: /^ *- Total document signed$/m.test(text),
      text,
    }));
  });
}

/** A page as poppler draws it, at 72 pixels an inch unless told. */
export async function renderPage(pdf: Uint8Array, page: number, resolution = 72): Promise<PNG> {
  const command = await ensurePdfJudge('pdftoppm');
  return withFile(pdf, async (file) => {
    const range = ['-f', String(page), '-l', String(page)];
    const args = ['-cropbox', '-png', '-r', String(resolution), ...range, file];
    return PNG.sync.read(await runCommand(command, args));
  });
}

/** A page as JPEG, at 72 pixels an inch. */
export async function renderJpeg(pdf: Uint8Array, page: number): Promise<Uint8Array> {
  const command = await ensurePdfJudge('pdftoppm');
  return withFile(pdf, async (file) => {
    const range = ['-f', String(page), '-l', String(page)];
    return new Uint8Array(await runCommand(command, ['-jpeg', '-r', '72', ...range, file]));
  });
}

/** Red, green and blue at a point given in pixels from the lower left corner. */
export function colorAt(picture: PNG, x: number, y: number): readonly [number, number, number] {
  const index = (Math.floor(picture.height - y) * picture.width + Math.floor(x)) * 4;
  const [red = 0, green = 0, blue = 0] = picture.data.subarray(index, index + 3);
  return [red, green, blue];
}
