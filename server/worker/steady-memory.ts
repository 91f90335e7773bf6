import { setFlagsFromString } from 'node:v8'

/**
 * Keeps the heap of a worker small while it lists. Listings leave much that is of no use a moment later (answers and
 * what they were parsed to); V8 would let it pile up to many times what is in use. Figures: `npm run bench --
 * inventory`. Call it before anything else is done.
 */
export function keepHeapSmall(): void {
  // Of V8's limits these are heeded when a program already runs. The room for new objects stays as it is;
  setFlagsFromString('--semi-space-growth-factor=1')
  // and the rest is cleared when it has doubled.
  setFlagsFromString('--heap-growing-percent=100')
}
