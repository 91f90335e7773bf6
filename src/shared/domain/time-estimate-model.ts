/**
 * Objects per second that a worker gets through when they are small: 32 transfers, each a GET and a PUT over a
 * wide-area link (about 0.1 s together). A rough figure, for an estimate that says "about".
 */
export const OBJECTS_PER_SECOND = 300

/** How long a copy will take at least: by bytes under the cap or by the number of objects, whichever is longer. */
export function estimateSeconds(amount: {
  readonly bytes: number
  readonly objects: number
  readonly capBytesPerSecond: number
}): { readonly seconds: number; readonly by: 'bytes' | 'objects' } {
  const byBytes = amount.bytes / amount.capBytesPerSecond
  const byObjects = amount.objects / OBJECTS_PER_SECOND
  return byBytes >= byObjects ? { seconds: byBytes, by: 'bytes' } : { seconds: byObjects, by: 'objects' }
}
