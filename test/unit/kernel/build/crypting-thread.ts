import { parentPort, workerData } from 'node:worker_threads';
import { createChunkCipher } from '../../../../src/kernel/chunk-cipher.ts';

/** Encrypts a hundred zeros from block 7 on as the starter says, and posts them. */
const cipher = createChunkCipher(workerData.module, 100);
cipher.setKeys(workerData.encryptionKey, new Uint8Array(32));
cipher.crypt(0, 100, workerData.nonce, 7);
parentPort?.postMessage(cipher.memory.slice(), []);
