/**
 * Addresses that the local-service bridge carries, exactly these. The browser's page keeps every other socket. In a
 * file of their own: the script that runs among a page's own is small, and has no schemas in it.
 */
export const localServiceAddresses = [
  'ws://127.0.0.1:21051/xtxapp/',
  'wss://127.0.0.1:21061/xtxapp/',
  'http://127.0.0.1:21051/synctl',
  'https://127.0.0.1:21061/synctl',
] as const;
export type LocalServiceAddress = (typeof localServiceAddresses)[number];
