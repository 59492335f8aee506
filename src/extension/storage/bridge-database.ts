import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import type { Receipt } from '../../protocol/bids.ts';
import type { SeenCertificate } from '../../protocol/mirror-view.ts';
import type { LastOutcome } from '../../protocol/ui-messages.ts';
import type { SessionRecord } from './session-record.ts';

interface BridgeSchema extends DBSchema {
  sessions: { key: string; value: SessionRecord };
  outcomes: { key: 'last'; value: LastOutcome };
  receipts: { key: string; value: Receipt };
  certificates: { key: string; value: SeenCertificate };
}

type Upgrade = (
  database: IDBPDatabase<BridgeSchema>,
  transaction: IDBPTransaction<
    BridgeSchema,
    ('sessions' | 'outcomes' | 'receipts' | 'certificates')[],
    'versionchange'
  >,
) => void;

/** Upgrade N brings the schema from version N to N + 1; never edited once released, only appended to. */
const upgrades: readonly Upgrade[] = [
  (database) => {
    database.createObjectStore('sessions', { keyPath: 'id' });
    database.createObjectStore('outcomes');
  },
  // Sessions have another shape from here on. One that was under way lived minutes and is gone after an update.
  (_database, transaction) => void transaction.objectStore('sessions').clear(),
  (database, transaction) => {
    void transaction.objectStore('sessions').clear();
    database.createObjectStore('receipts', { keyPath: 'id' });
  },
  (database, transaction) => {
    void transaction.objectStore('sessions').clear();
    database.createObjectStore('certificates');
  },
];

/** The extension's store: sessions under way, the last outcome, and receipts. Every call rejects when the disk is full. */
export interface BridgeStore {
  sessions(): Promise<readonly SessionRecord[]>;
  putSession(session: SessionRecord): Promise<void>;
  deleteSession(id: string): Promise<void>;
  lastOutcome(): Promise<LastOutcome | undefined>;
  putLastOutcome(outcome: LastOutcome): Promise<void>;
  /** Receipts of encrypted bids, kept until the user wipes them. */
  receipts(): Promise<readonly Receipt[]>;
  addReceipts(receipts: readonly Receipt[]): Promise<void>;
  /** Certificates of earlier scans, the newest of each platform and purpose. */
  seenCertificates(): Promise<readonly SeenCertificate[]>;
  noteCertificate(seen: SeenCertificate): Promise<void>;
  /** Removes receipts of encryptions before `time` (milliseconds since the epoch). */
  dropReceiptsBefore(time: number): Promise<void>;
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
    receipts: () => database.getAll('receipts'),
    async addReceipts(receipts) {
      const { store, done } = database.transaction('receipts', 'readwrite');
      await Promise.all([...receipts.map((receipt) => store.put(receipt)), done]);
    },
    seenCertificates: () => database.getAll('certificates'),
    noteCertificate: async (seen) =>
      void (await database.put('certificates', seen, `${seen.platform} ${seen.purpose}`)),
    async dropReceiptsBefore(time) {
      const { store, done } = database.transaction('receipts', 'readwrite');
      for (const { id, encryptedAt } of await store.getAll()) {
        if (encryptedAt < time) await store.delete(id);
      }
      await done;
    },
    close: () => database.close(),
  };
}
