/** The two views of the Windows registry; below HKCU\Software both show the same. */
export const registryViews = ['32', '64'] as const;
export type RegistryView = (typeof registryViews)[number];

/** What the installer needs of the Windows registry. Keys are written `HKCU\…` or `HKLM\…`. */
export interface Registry {
  /** Text of the key's default value (REG_SZ); `otherType` for another type. */
  readDefault(key: string, view: RegistryView): Promise<{ readonly text: string } | 'absent' | 'otherType'>;
  writeDefault(key: string, view: RegistryView, text: string): Promise<void>;
  deleteDefault(key: string, view: RegistryView): Promise<void>;
  /** `empty` has neither values nor keys. */
  keyState(key: string, view: RegistryView): Promise<'absent' | 'empty' | 'used'>;
  createKey(key: string, view: RegistryView): Promise<void>;
  /** Deletes a key with all in it. */
  deleteKey(key: string, view: RegistryView): Promise<void>;
}
