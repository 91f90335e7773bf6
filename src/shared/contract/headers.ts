export const IDEMPOTENCY_KEY_HEADER = 'Idempotency-Key'
export const LAST_EVENT_ID_HEADER = 'Last-Event-ID'
/** With an event stream: how often it beats, in milliseconds. */
export const HEARTBEAT_HEADER = 'Heartbeat-Ms'
export const REQUEST_ID_HEADER = 'X-Request-Id'
/** Largest JSON body the API reads. */
export const MAX_BODY_BYTES = 64 * 1024
