import type { ClientKind } from '../../protocol/native-messages.ts';
import type { Scope } from '../installer/browsers.ts';
import type { InstallerProblem } from '../installer/installer-error.ts';
import type { RegisterOutcome } from '../installer/register-browsers.ts';
import type { RegistrationState } from '../installer/registration-status.ts';
import type { UnregisterOutcome } from '../installer/unregister-browsers.ts';
import type { Text } from './language.ts';

export const clientTexts: Readonly<Record<ClientKind, Text>> = {
  signature: { 'zh-CN': '签章客户端', en: 'signature client' },
  encryption: { 'zh-CN': '加密客户端', en: 'encryption client' },
};

export const scopeTexts: Readonly<Record<Scope, Text>> = {
  user: { 'zh-CN': '当前用户', en: 'this user' },
  machine: { 'zh-CN': '整台计算机', en: 'whole machine' },
};

/** What became of a client, or how it stands. */
export const stateTexts: Readonly<Record<RegisterOutcome | UnregisterOutcome | RegistrationState, Text>> = {
  registered: { 'zh-CN': '已注册', en: 'registered' },
  updated: { 'zh-CN': '已更新', en: 'updated' },
  unchanged: { 'zh-CN': '已注册，无需改动', en: 'registered already, nothing changed' },
  unregistered: { 'zh-CN': '已取消注册', en: 'unregistered' },
  notRegistered: { 'zh-CN': '未注册', en: 'not registered' },
  notOurs: {
    'zh-CN': '不是本程序所写，或写后被改动，未触碰',
    en: "another program's, or changed since we wrote it; left alone",
  },
  pathGone: { 'zh-CN': '已注册，但文件不存在', en: 'registered, but a file is gone' },
  notExecutable: { 'zh-CN': '已注册，但程序不可执行', en: 'registered, but a program cannot be executed' },
};

/** Subject of the problem in place of `{}`. */
export const problemTexts: Readonly<Record<InstallerProblem | 'noRights' | 'other', Text>> = {
  homeUnknown: {
    'zh-CN': '环境变量 {} 没有给出文件夹，不知道该注册到哪里。未作任何改动。',
    en: 'The variable {} names no folder, so there is no telling where to register. Nothing was changed.',
  },
  platformUnknown: { 'zh-CN': '不支持此系统：{}', en: 'This system is not supported: {}' },
  clientMissing: {
    'zh-CN': '找不到客户端程序 {}；可用 --client-folder 指定其文件夹。未作任何改动。',
    en: "The client's program {} is missing; --client-folder names its folder. Nothing was changed.",
  },
  recordDamaged: {
    'zh-CN': '安装记录 {} 已损坏，未作任何改动。请删除或移走该文件，再运行一次 ca-bridge register。',
    en: 'The install record {} is damaged; nothing was changed. Remove that file, then run ca-bridge register.',
  },
  busy: {
    'zh-CN': '另一个 ca-bridge 正在运行（锁文件 {}）。请待其结束后再试。',
    en: 'Another ca-bridge is at work (lock file {}). Try again when it has ended.',
  },
  registryRefused: {
    'zh-CN': '系统拒绝修改注册表项 {}。本次改动均已撤销。',
    en: 'The system refuses to change the registry key {}. What this run had changed was taken back.',
  },
  rollbackIncomplete: {
    'zh-CN': '出错后未能全部撤销，遗留：{}',
    en: 'After a failure not all could be taken back; left: {}',
  },
  noRights: {
    'zh-CN': '没有写入 {} 的权限。本次改动均已撤销；注册到整台计算机需要管理员权限。',
    en: 'No right to write {}. What this run had changed was taken back; --machine needs an administrator.',
  },
  other: { 'zh-CN': '未能完成：{}', en: 'Not done: {}' },
};
