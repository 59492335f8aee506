import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import type { LastOutcome } from '../../protocol/ui-messages.ts';
import type { SessionRecord } from './session-record.ts';

interface BridgeSchema extends DBSchema {
  sessions: { key: string; value: SessionRecord };
  outcomes: { key: 'last'; value: LastOutcome };
}

type Upgrade = (
  database: IDBPDatabase<BridgeSchema>,
  transaction: IDBPTransaction<BridgeSchema, ('sessions' | 'outcomes')[], 'versionchange'>,
) => void;

/** Upgrade N brings the schema from version N to N + 1; never edited once released, only appended to. */
const upgrades: readonly Upgrade[] = [
  (database) => {
    database.createObjectStore('sessions', { keyPath: 'id' });
    database.createObjectStore('outcomes');
  },
  // Sessions have another shape from here on. One that was under way lived minutes and is gone after an update.
  (_database, transaction) => void transaction.objectStore('sessions').clear(),
];

/** The extension's store: sessions under way and the last outcome. Every call rejects when the disk is full. */
export interface BridgeStore {
  sessions(): Promise<readonly SessionRecord[]>;
  putSession(session: SessionRecord): Promise<void>;
  deleteSession(id: string): Promise<void>;
  lastOutcome(): Promise<LastOutcome | undefined>;
  putLastOutcome(outcome: LastOutcome): Promise<void>;
  close(): void;
}

export async function openBridgeStore(name = 'ca-bridge'): Promise<BridgeStore> {
  const database = await openDB<BridgeSchema>(name, upgrades.length, {
    upgrade(opened, oldVersion, _newVersion, transaction) {
      for (const upgrade of upgrades.slice(oldVersion)) upgrade(opened, transaction);
    },
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  return {
    sessions: () => database.getAll('sessions'),
    putSession: async (session) => void (await database.put('sessions', session)),
    deleteSession: (id) => database.delete('sessions', id),
    lastOutcome: () => database.get('outcomes', 'last'),
    putLastOutcome: async (outcome) => void (await database.put('outcomes', outcome, 'last')),
    close: () => database.close(),
  };
}
