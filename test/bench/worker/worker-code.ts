/** What runs in the extension's worker, bundled to one global: the product's own way to its clients, and bare ones. */
export { timeRoundTrips } from './round-trips.ts';
export { timeTransfers } from './transfers.ts';
