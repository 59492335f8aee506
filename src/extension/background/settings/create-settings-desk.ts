import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { CodedError } from '../../../protocol/coded-error.ts';
import { isTrustworthyOrigin } from '../../../protocol/origins.ts';
import { defaultSettings, settingsSchema, type Settings } from '../../../protocol/settings.ts';
import type { BridgeStore } from '../../storage/bridge-database.ts';
import { platformChoices, type Deployment } from '../configuration.ts';
import { logError, logInfo } from '../log.ts';
import { knownSites } from '../sites.ts';
import { createHistory, type History } from './history.ts';
import { parseSettingsFile } from './parse-settings-file.ts';
import { behaviourOn, lockedBy, withPolicy } from './policy-over-settings.ts';
import type { SettingsDesk } from './settings-desk.ts';
import { readStored, tidied } from './stored-settings.ts';

export interface SettingsDeskParts {
  readonly deployment: () => Deployment;
  /** Settles once managed policy is read: before that nobody knows what is locked. */
  readonly policyRead?: () => Promise<unknown>;
  /** Its receipts are kept no longer than the user wants; all are without it. */
  readonly store?: Pick<BridgeStore, 'dropReceiptsBefore'>;
  readonly onChange: () => void;
}

const key = 'settings';

/** Reads what the user decided before; what cannot be read counts as never decided. */
export async function createSettingsDesk(parts: SettingsDeskParts): Promise<SettingsDesk> {
  const { deployment, policyRead = () => Promise.resolve(), store, onChange } = parts;
  let stored: Settings = defaultSettings;
  let history: History | undefined;
  /** One after the other: of two changes none may be lost. */
  let work: Promise<unknown> = Promise.resolve();

  function enqueue(task: () => Promise<void>): Promise<void> {
    const done = work.then(task);
    work = done.catch(() => undefined);
    return done;
  }

  async function load(): Promise<Settings> {
    const { [key]: value } = await browser.storage.local.get(key);
    const { settings, damaged } = readStored(value);
    if (damaged) logError('settings-damaged');
    return settings;
  }

  function adopt(settings: Settings): void {
    if (JSON.stringify(settings) === JSON.stringify(stored)) return;
    stored = settings;
    logInfo('settings-changed');
    void history?.sweep();
    onChange();
  }

  /** @throws CodedError STORAGE_UNAVAILABLE, and whatever `make` throws; nothing has changed then */
  function update(make: (before: Settings) => Settings): Promise<void> {
    return enqueue(async () => {
      await policyRead();
      // Another context may have written since.
      const next = tidied(make(await load().catch(unavailable)));
      await browser.storage.local.set({ [key]: next }).catch(unavailable);
      adopt(next);
    });
  }

  function requireUnlocked(names: readonly string[]): void {
    const locked = lockedBy(deployment().policy);
    if (locked.some((name) => names.includes(name))) throw new CodedError('SETTING_LOCKED');
  }

  const behaviourFor = (site: string) => behaviourOn(site, stored, deployment());

  browser.storage.onChanged.addListener((changes, area) => {
    if (area !== 'local' || !Object.hasOwn(changes, key)) return;
    void enqueue(async () => adopt(await load())).catch(unreadable);
  });
  stored = await load().catch(unreadable);
  if (store !== undefined) history = createHistory({ store, days: () => stored.historyDays, now: Date.now });

  return {
    current: () => withPolicy(stored, deployment()),
    behaviourFor,
    change: (changes) =>
      update((before) => {
        const given = Object.entries(changes).filter(([, value]) => value !== undefined);
        requireUnlocked(given.map(([name]) => name));
        return v.parse(settingsSchema, { ...before, ...Object.fromEntries(given) });
      }),
    setBehaviour: (site, behaviour) =>
      update((before) => {
        if (!isTrustworthyOrigin(site)) throw new CodedError('BAD_REQUEST', 'no site');
        requireUnlocked(['onPrompt']);
        const others = before.onPrompt.filter((choice) => choice.site !== site);
        return { ...before, onPrompt: [...others, { site, behaviour }] };
      }),
    async import(text) {
      const imported = parseSettingsFile(text);
      await update((before) => {
        const kept = lockedBy(deployment().policy).map((name) => [name, before[name]] as const);
        return v.parse(settingsSchema, { ...imported, ...Object.fromEntries(kept) });
      });
    },
    async view() {
      await policyRead();
      const { policy, policyProblem } = deployment();
      const sites = await knownSites(deployment());
      return {
        settings: withPolicy(stored, deployment()),
        locked: lockedBy(policy),
        ...(policyProblem === undefined ? {} : { policyProblem }),
        sites: sites.map((site) => {
          const behaviour = behaviourFor(site.origin);
          return { ...site, ...(behaviour === undefined ? {} : { behaviour }) };
        }),
        platforms: platformChoices(deployment()),
      };
    },
  };
}

function unavailable(error: unknown): never {
  logError('settings-not-written', error);
  throw new CodedError('STORAGE_UNAVAILABLE');
}

function unreadable(error: unknown): Settings {
  logError('settings-unreadable', error);
  return defaultSettings;
}
