import type { ByteSource } from '../../../lib/byte-source.ts';
import type { DescriptorWork } from './handle-lender.ts';

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

/** A file in the making whose size is known: its bytes are written in any order, by threads of this process. */
export interface PositionedOutput {
  /** Bytes from its beginning that an earlier process wrote and told by `advance`; 0 for a new file. */
  readonly taken: number;
  /** The descriptor is open for reading and writing while `work` runs. */
  lend<Result>(work: DescriptorWork<Result>): Promise<Result>;
  /** The first `bytes` bytes are written and do not change any more: their digest is computed behind the writers. */
  advance(bytes: number): void;
  /** Brings what was written to the disk. */
  sync(): Promise<void>;
  /** SM3 (hexadecimal) of the whole as it is read from the file; everything must have been written. */
  digest(): Promise<string>;
  /** Syncs; from now on it is a file like any other. */
  finish(): Promise<StoredFile>;
  /** Removes it, once its descriptor is returned. */
  abandon(): Promise<void>;
}

export interface PositionedOptions {
  /**
   * SM3 (hexadecimal) of what it is made of. Where an earlier process left an unfinished output of the same source and
   * size, the new one goes on with it; and what is told by `advance` is kept for a later process.
   */
  readonly resume?: string;
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
  /** Lends the descriptor of a complete file for reading; whether the file changes meanwhile is for `source` to tell. */
  lend<Result>(file: string, work: DescriptorWork<Result>): Promise<Result>;
  createOutput(name: string): Promise<OutputFile>;
  /** An output of `size` bytes. Rejects with `DISK_FULL` where the disk has no room for it now. */
  createPositioned(name: string, size: number, options?: PositionedOptions): Promise<PositionedOutput>;
  /** Removes a file, once its descriptor is returned; nothing where it is gone. */
  drop(file: string): Promise<void>;
}
