/** A kind of place that the installer writes into: files, or default values of registry keys. */
export type StoreKind = 'file' | 'key';

export interface StoredContent {
  readonly content: Buffer;
  readonly executable: boolean;
}

/** Same verbs for files and registry keys. An id is a path or a key; its containers are the folders or keys around. */
export interface Store {
  /** `'obstacle'` is anything but a plain file or a text value: a link, a folder, another type of value. */
  read(id: string): Promise<StoredContent | 'absent' | 'obstacle'>;
  /** Writes in one step. @throws an error of code `EEXIST` when something is there. */
  create(id: string, value: StoredContent): Promise<void>;
  /** Writes in one step over what is there. */
  replace(id: string, value: StoredContent): Promise<void>;
  /** Removes what still has this content; anything else is left. */
  remove(id: string, content: Buffer): Promise<void>;
  /** Containers of `id` that are not there yet, outermost first. */
  missingContainers(id: string): Promise<string[]>;
  /** False when somebody made it meanwhile. */
  makeContainer(container: string): Promise<boolean>;
  /** Removes a container that is empty; false when it is not. */
  removeContainer(container: string): Promise<boolean>;
}

export type Stores = Readonly<Record<StoreKind, Store>>;
