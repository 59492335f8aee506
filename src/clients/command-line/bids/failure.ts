import { CodedError } from '../../../protocol/coded-error.ts';
import type { ErrorCode } from '../../../protocol/error-codes.ts';
import { errorCatalogue } from '../../../protocol/errors.ts';
import { clientErrorCode, systemCodeOf } from '../../runtime/failure-of.ts';
import { FileProblem, type FileProblemName } from '../files/file-problem.ts';
import type { Text } from '../language.ts';
import { shownPath } from '../shown-path.ts';
import { CertificateRefused } from './certificate-refused.ts';
import { fileProblemTexts } from './file-problem-texts.ts';

/** Why a file, or the whole command, failed. */
export interface Failure {
  /** The system's own code (`EIO`) where the catalogue has none. */
  readonly code: ErrorCode | FileProblemName | 'interrupted' | `E${string}`;
  readonly path?: string;
  readonly text: Text;
}

const interruption: Failure = {
  code: 'interrupted',
  text: { 'zh-CN': '已中断，没有留下输出文件。', en: 'Interrupted; no output of it is left.' },
};

/** What is told of an error. */
export function failureOf(error: unknown): Failure {
  if (error instanceof FileProblem) {
    const { problem, path } = error;
    return { code: problem, path, text: filled(fileProblemTexts[problem], shownPath(path)) };
  }
  if (error instanceof CertificateRefused) {
    const { code, text } = failureOf(error.refusal);
    return { code, path: error.path, text: prefixed(shownPath(error.path), text) };
  }
  const code = clientErrorCode(error);
  if (code === 'REQUEST_ABORTED' || code === 'USER_CANCELLED') return interruption;
  const systemCode = systemCodeOf(error);
  if (code === 'BRIDGE_INTERNAL' && isCode(systemCode)) {
    return { code: systemCode, text: filled(systemTexts, systemCode) };
  }
  return { code, text: textOfCode(code) };
}

function isCode(code: string | undefined): code is `E${string}` {
  return code?.startsWith('E') === true;
}

const systemTexts: Text = {
  'zh-CN': '系统报告读写错误（{}）。',
  en: 'The system reports an error of reading or writing ({}).',
};

function filled(text: Text, value: string): Text {
  const fill = (words: string) => words.replace('{}', () => value);
  return { 'zh-CN': fill(text['zh-CN']), en: fill(text.en) };
}

function prefixed(path: string, text: Text): Text {
  return { 'zh-CN': `${path}：${text['zh-CN']}`, en: `${path}: ${text.en}` };
}

/** Title, cause and next step of the catalogue as one text. */
export function textOfCode(code: ErrorCode): Text {
  const { 'zh-CN': zh, en } = errorCatalogue[code].text;
  return {
    'zh-CN': `${zh.title}：${zh.cause}${zh.remedy}`,
    en: `${en.title}: ${en.cause} ${en.remedy}`,
  };
}

/** The error with which work ends that was interrupted before it began. */
export function interrupted(): CodedError {
  return new CodedError('REQUEST_ABORTED');
}
