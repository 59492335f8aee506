import { systemCodeOf } from '../../runtime/failure-of.ts';

/** What is wrong with a path that the user gave, or that follows from one. */
export type FileProblemName =
  | 'inputMissing'
  | 'inputNotReadable'
  | 'inputNotAFile'
  | 'outputExists'
  | 'outputFolderMissing'
  | 'outputNotWritable'
  | 'outputNameUnusable'
  | 'keyUnreadable'
  | 'keyEncryptionUnknown'
  | 'keyNotOfCertificate'
  | 'passphraseMissing'
  | 'passphraseWrong';

/** Told to the user with the path. */
export class FileProblem extends Error {
  readonly problem: FileProblemName;
  readonly path: string;

  constructor(problem: FileProblemName, path: string) {
    super(`${problem}: ${path}`);
    this.name = 'FileProblem';
    this.problem = problem;
    this.path = path;
  }
}

const inputProblems: Readonly<Record<string, FileProblemName>> = {
  ENOENT: 'inputMissing',
  ENOTDIR: 'inputMissing',
  EACCES: 'inputNotReadable',
  EPERM: 'inputNotReadable',
  EISDIR: 'inputNotAFile',
  ENXIO: 'inputNotAFile',
  ENAMETOOLONG: 'inputMissing',
};

const outputProblems: Readonly<Record<string, FileProblemName>> = {
  EEXIST: 'outputExists',
  ENOENT: 'outputFolderMissing',
  ENOTDIR: 'outputFolderMissing',
  EACCES: 'outputNotWritable',
  EPERM: 'outputNotWritable',
  EROFS: 'outputNotWritable',
  ENAMETOOLONG: 'outputNameUnusable',
};

/** Runs `work` on the file that is read at `path`. @throws FileProblem, the file system's other errors */
export function readingAt<Value>(path: string, work: () => Promise<Value>): Promise<Value> {
  return told(inputProblems, path, work);
}

/** Runs `work` on the file that is made at `path`. @throws FileProblem, the file system's other errors */
export function writingAt<Value>(path: string, work: () => Promise<Value>): Promise<Value> {
  return told(outputProblems, path, work);
}

async function told<Value>(
  problems: Readonly<Record<string, FileProblemName>>,
  path: string,
  work: () => Promise<Value>,
): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    const problem = problems[systemCodeOf(error) ?? ''];
    throw problem === undefined ? error : new FileProblem(problem, path);
  }
}
