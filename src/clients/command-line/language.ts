export type Language = 'zh-CN' | 'en';

/** Something said to the user. */
export type Text = Readonly<Record<Language, string>>;

/**
 * Language of the user: by `LC_ALL`, `LC_MESSAGES` or `LANG`, the first that is set (POSIX), else that of the system.
 */
export function chooseLanguage(env: Readonly<Record<string, string | undefined>>): Language {
  const posix = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (value) => value !== undefined && value !== '',
  );
  const locale = posix ?? new Intl.DateTimeFormat().resolvedOptions().locale;
  return /^zh\b|^zh_/i.test(locale) ? 'zh-CN' : 'en';
}
