/** Everything that can keep the phone from confirming, by what the user must know. */
export type PhoneErrorCode =
  /** The QR is no login QR of a platform that this phone knows. */
  | 'foreignQr'
  /** QR and front server disagree about what is asked: somebody tampered. */
  | 'alteredQr'
  /** What is to be signed is not what was asked for: somebody tampered. */
  | 'unknownContent'
  /** What is to be opened is not what was asked for: somebody tampered. */
  | 'unknownEnvelope'
  /** The phone's key opens none of the files. */
  | 'nothingOpened'
  | 'alreadyScanned'
  /** Cancelled, renewed or expired on the computer's side. */
  | 'ended'
  /** The front server does not know this QR, or no longer. */
  | 'unknownQr'
  /** The session asks for something that this phone cannot do. */
  | 'unsupported'
  | 'network'
  | 'busy'
  | 'serverFailed'
  /** The answer is not the one of the relay protocol. */
  | 'protocol'
  | 'wrongPin'
  | 'locked'
  | 'noQrInImage'
  | 'noCamera'
  | 'noScreen'
  | 'enrolmentRefused';

export class PhoneError extends Error {
  readonly code: PhoneErrorCode;

  constructor(code: PhoneErrorCode, detail = '') {
    super(detail === '' ? code : `${code}: ${detail}`);
    this.name = 'PhoneError';
    this.code = code;
  }
}
