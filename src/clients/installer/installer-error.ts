/** What keeps the installer from beginning its work or from leaving things tidy; file-system errors stay as they are. */
export type InstallerProblem =
  /** Neither HOME nor what stands in for it names a folder; the subject is the variable. */
  | 'homeUnknown'
  /** The subject is Node's name of the platform. */
  | 'platformUnknown'
  /** The subject is the program that is not in the clients' folder. */
  | 'clientMissing'
  /** The install record, the subject, is not one that we wrote. */
  | 'recordDamaged'
  /** Another run holds the lock, the subject, for too long. */
  | 'busy'
  /** The registry refused; the subject is the key. */
  | 'registryRefused'
  /** After a failure, the cause, not all could be put back; the subject lists what is left. */
  | 'rollbackIncomplete';

export class InstallerError extends Error {
  readonly problem: InstallerProblem;
  /** The path, key or name that the problem is about. */
  readonly subject: string;

  constructor(problem: InstallerProblem, subject: string, cause?: unknown) {
    super(`${problem}: ${subject}`, { cause });
    this.name = 'InstallerError';
    this.problem = problem;
    this.subject = subject;
  }
}
