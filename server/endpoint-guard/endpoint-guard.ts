import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isIP } from 'node:net'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { isPublicAddress } from './address-rules.ts'

export type EndpointRefusal = 'not-public' | 'not-resolvable'

export interface EndpointGuard {
  /** `endpoint` is an origin such as `https://s3.eu-west-1.amazonaws.com`. */
  check(endpoint: string): Promise<Result<null, EndpointRefusal>>
  /** All addresses of a host (a name, or an IP address itself) that may be connected to, now; never empty. */
  resolve(hostname: string): Promise<Result<readonly string[], EndpointRefusal>>
  /** For `net.connect`, `http.Agent` and the like: fails with `EndpointRefusedError`. */
  readonly lookup: LookupFunction
}

/** All addresses of a host name; throws when there are none. */
export type ResolveHost = (hostname: string) => Promise<readonly string[]>

export interface EndpointGuardOptions {
  /** Development: loopback and private networks are fine. */
  readonly isPrivateAllowed: boolean
  readonly resolveHost: ResolveHost
}

const RESOLVE_TIMEOUT_MS = 5_000

export class EndpointRefusedError extends Error {
  readonly refusal: EndpointRefusal

  constructor(refusal: EndpointRefusal) {
    super(`endpoint refused: ${refusal}`)
    this.name = 'EndpointRefusedError'
    this.refusal = refusal
  }
}

/**
 * SSRF guard. `check` judges an endpoint (an origin) by the addresses its name has now; every one must be
 * public. A name can change its address afterwards, so whoever connects uses `lookup` or `resolve` as well: they
 * give out only addresses that pass.
 */
export function createEndpointGuard(options: EndpointGuardOptions): EndpointGuard {
  const resolve = async (hostname: string): Promise<Result<readonly string[], EndpointRefusal>> => {
    const addresses = await addressesOf(hostname, options.resolveHost)
    if (addresses.length === 0) return err('not-resolvable')
    return options.isPrivateAllowed || addresses.every(isPublicAddress) ? ok(addresses) : err('not-public')
  }
  const guardedLookup: LookupFunction = (hostname, { all }, callback) => {
    void resolve(hostname).then((resolved) => {
      if (!resolved.ok) {
        callback(new EndpointRefusedError(resolved.error), '', 4)
        return
      }
      const entries = resolved.value.map((address) => ({ address, family: isIP(address) }))
      const [first] = entries
      if (all === true || first === undefined) callback(null, entries)
      else callback(null, first.address, first.family)
    })
  }
  return {
    check: async (endpoint) => {
      const resolved = await resolve(new URL(endpoint).hostname)
      return resolved.ok ? ok(null) : resolved
    },
    resolve,
    lookup: guardedLookup,
  }
}

/** The system's resolver, as connections use it (hosts file included). */
export const resolveHost: ResolveHost = (hostname) =>
  new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error, entries) => {
      if (error === null) resolve(entries.map(({ address }) => address))
      else reject(error)
    })
  })

async function addressesOf(hostname: string, resolve: ResolveHost): Promise<readonly string[]> {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1')
  if (isIP(bare) !== 0) return [bare]
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<readonly string[]>((done) => {
    timer = setTimeout(() => done([]), RESOLVE_TIMEOUT_MS)
  })
  try {
    return await Promise.race([resolve(bare), timeout])
  } catch {
    return []
  } finally {
    clearTimeout(timer)
  }
}
