import { entry, type GroupEntries } from './catalogue-entry.ts';

export const administratorErrors: GroupEntries<'administrator'> = {
  PLATFORM_NOT_CONFIGURED: entry(
    false,
    [
      '证书平台尚未开通',
      '本机没有配置所选证书平台的前置机地址。',
      '请联系管理员配置证书平台；窗口里有其他平台可选时，可改选。',
    ],
    [
      'Platform not set up',
      'No front server is configured for the chosen certificate platform.',
      'Ask your administrator to set it up; if the window offers another platform, choose that.',
    ],
  ),
  POLICY_INVALID: entry(
    false,
    ['管理员策略有误', '管理员下发的 CA互认桥 策略不符合格式，已忽略。', '请联系管理员更正策略。'],
    [
      'Invalid policy',
      'The managed policy for CA Bridge does not match its schema and was ignored.',
      'Ask your administrator to correct it.',
    ],
  ),
  SETTING_LOCKED: entry(
    false,
    ['此项由管理员设定', '管理员策略规定了此项设置，不能更改。', '需要更改请联系管理员。'],
    [
      'Set by the administrator',
      'A managed policy decides this setting.',
      'Ask your administrator to change it.',
    ],
  ),
};
