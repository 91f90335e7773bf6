import type { Finding } from '#shared/ipc/source-check.ts'
import { type FindingCode, problemFinding } from './findings.ts'

/** E9: no answer came. `networkCode` is Node's error code, e.g. `ECONNREFUSED`. */
export function networkFinding(networkCode: string, endpoint: string, isOnline: boolean): Finding {
  const told = codeFor(networkCode, endpoint)
  // Being refused is an answer of a kind, so there the network is not to blame.
  const code = !isOnline && (told === 'host-not-found' || told === 'connection-timeout') ? 'no-internet' : told
  const facts = { host: new URL(endpoint).host, ...(networkCode === '' ? {} : { networkCode }) }
  const fixes = code === 'tls-to-plain-http' ? [{ endpoint: endpoint.replace('https://', 'http://') }] : []
  return problemFinding(code, facts, fixes)
}

function codeFor(networkCode: string, endpoint: string): FindingCode {
  switch (networkCode) {
    case 'ENOTFOUND':
      return 'host-not-found'
    // The resolver itself did not answer, or there is no way out of this machine.
    case 'EAI_AGAIN':
    case 'ENETUNREACH':
    case 'ENETDOWN':
      return 'no-internet'
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'EPIPE':
    case 'EHOSTUNREACH':
      return 'connection-refused'
    case 'ETIMEDOUT':
    case 'ESOCKETTIMEDOUT':
      return 'connection-timeout'
    // The far end spoke something else than TLS.
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return endpoint.startsWith('https://') ? 'tls-to-plain-http' : 'not-an-s3-endpoint'
    default:
      if (/CERT|^ERR_TLS|^ERR_SSL|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/.test(networkCode)) return 'tls-untrusted'
      // HPE_*: Node's HTTP parser did not recognise the answer.
      return networkCode.startsWith('HPE_') ? 'not-an-s3-endpoint' : 'unknown-refusal'
  }
}
