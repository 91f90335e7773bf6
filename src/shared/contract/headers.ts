export const IDEMPOTENCY_KEY_HEADER = 'Idempotency-Key'
export const LAST_EVENT_ID_HEADER = 'Last-Event-ID'
export const REQUEST_ID_HEADER = 'X-Request-Id'
/** Largest JSON body the API reads. */
export const MAX_BODY_BYTES = 64 * 1024
