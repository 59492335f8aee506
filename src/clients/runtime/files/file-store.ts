import type { ByteSource } from '../../../lib/byte-source.ts';

/** A complete file of this process. */
export interface StoredFile {
  /** Its id on the wire. */
  readonly file: string;
  /** For people to read; as the extension or the method gave it. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** SM3 of the content, lower-case hexadecimal. */
  readonly sm3: string;
}

/** A file in the making. */
export interface OutputFile {
  /** Appends; resolves when the bytes are written, and they must not change until then. */
  write(bytes: Uint8Array): Promise<void>;
  /** Syncs what was written; from now on it is a file like any other. */
  finish(): Promise<StoredFile>;
  /** Removes what was written. */
  abandon(): Promise<void>;
}

/**
 * The files that this process holds: what the extension sent, and what methods made of it. They lie in a private
 * temporary folder and go with the process at the latest.
 * Methods throw or reject with `FILE_UNKNOWN` for a file that is not there, with `FILE_INCOMPLETE` for one that is not
 * sent to its end, `FILE_TOO_LARGE` or `CLIENT_BUSY` where there is no room, and with the file system's error.
 */
export interface FileStore {
  describe(file: string): StoredFile;
  /** Reads reject with `FILE_CHANGED` when somebody wrote to the file, `FILE_UNKNOWN` once it is dropped. */
  source(file: string): ByteSource;
  createOutput(name: string): Promise<OutputFile>;
  /** Removes a file; nothing where it is gone. */
  drop(file: string): Promise<void>;
}
