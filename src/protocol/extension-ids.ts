/** Extension ids that the native clients answer: derived from the manifest's fixed `key`. */
export const extensionIds = ['gabbepjlbhfbhgjiojcfengklcakolhb'] as const;
