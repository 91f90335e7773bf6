import { describe, expect, it, vi } from 'vitest'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import { createApiOriginChange } from '../../../../src/main/api-origin/api-origin-change.ts'
import { type ApiOrigin, chooseApiOrigin, DEFAULT_API_ORIGIN } from '../../../../src/main/api-origin/api-origin-rules.ts'

const usual: ApiOrigin = { apiOrigin: DEFAULT_API_ORIGIN, apiOriginSource: 'default' }
const OWN = 'https://migrate.example.org'
const own: ApiOrigin = { apiOrigin: OWN, apiOriginSource: 'settings' }
type Answer = Result<null, AppProblem>

interface Facts {
  readonly present?: ApiOrigin
  readonly found?: Answer
  readonly left?: Answer
  readonly isSignedIn?: boolean
}

function setUp({ present = usual, found = ok(null), left = ok(null), isSignedIn = true }: Facts = {}) {
  const steps: (readonly [string, (string | null)?])[] = []
  const change = createApiOriginChange({
    present,
    findApi: (origin) => {
      steps.push(['find', origin])
      return Promise.resolve(found)
    },
    setStoredApiOrigin: (origin) => steps.push(['store', origin]),
    isSignedIn: () => isSignedIn,
    signOut: () => {
      steps.push(['sign-out'])
      return Promise.resolve(left)
    },
    relaunch: vi.fn(() => steps.push(['relaunch'])),
  })
  return { change, steps }
}

describe('another API address', () => {
  it('B13: is asked for an API, then signed out of the old one, kept, and the app starts anew', async () => {
    const { change, steps } = setUp()
    expect(await change(`  ${OWN}/ `)).toEqual(ok(null))
    expect(steps).toEqual([['find', OWN], ['sign-out'], ['store', OWN], ['relaunch']])
  })

  it('B13: can be given before the sign-in, where the keychain need not be asked', async () => {
    const { change, steps } = setUp({ isSignedIn: false })
    await change(OWN)
    expect(steps).toEqual([['find', OWN], ['store', OWN], ['relaunch']])
  })

  it.each([null, DEFAULT_API_ORIGIN])('B13: %s is the way back, which needs no API to answer', async (typed) => {
    const { change, steps } = setUp({ present: own, found: err({ code: 'api-origin-unusable' }) })
    expect(await change(typed)).toEqual(ok(null))
    expect(steps).toEqual([['sign-out'], ['store', null], ['relaunch']])
  })

  it.each([
    ['example.org', 'not-an-origin'],
    ['https://example.org/api', 'not-an-origin'],
    ['https://user:pw@example.org', 'not-an-origin'],
    ['', 'not-an-origin'],
    ['http://example.org', 'not-https'],
  ])('B13: %j is refused at once (%s)', async (typed, reference) => {
    const { change, steps } = setUp()
    expect(await change(typed)).toEqual(err({ code: 'api-origin-unusable', reference }))
    expect(steps).toEqual([])
  })

  it('B13: changes nothing where no API answers', async () => {
    const problem: AppProblem = { code: 'api-origin-unusable', reference: 'ENOTFOUND' }
    const { change, steps } = setUp({ found: err(problem) })
    expect(await change(OWN)).toEqual(err(problem))
    expect(steps).toEqual([['find', OWN]])
  })

  it('stays at the old address while its key cannot be taken out of the keychain', async () => {
    const problem: AppProblem = { code: 'keychain-locked', reference: 'key-not-removed' }
    const { change, steps } = setUp({ left: err(problem) })
    expect(await change(OWN)).toEqual(err(problem))
    expect(steps).toEqual([['find', OWN], ['sign-out']])
  })

  it('B13: is fixed by the environment', async () => {
    const { change, steps } = setUp({ present: { ...own, apiOriginSource: 'environment' } })
    expect(await change(null)).toEqual(err({ code: 'api-origin-unusable', reference: 'fixed' }))
    expect(steps).toEqual([])
  })

  it('does nothing for the address that it has, nor twice for two clicks', async () => {
    const { change, steps } = setUp({ present: own })
    await change(OWN)
    expect(steps).toEqual([])
    await Promise.all([change('https://other.example.org'), change('https://other.example.org')])
    expect(steps.filter(([step]) => step === 'relaunch')).toHaveLength(1)
  })
})

describe('which address holds', () => {
  it.each([
    ['the environment’s', { ...own, apiOriginSource: 'environment' as const }, 'https://stored.example.org', OWN, 'environment'],
    ['the person’s', usual, 'https://stored.example.org', 'https://stored.example.org', 'settings'],
    ['the usual', usual, null, DEFAULT_API_ORIGIN, 'default'],
    ['the usual for want of a safe one', usual, 'http://stored.example.org', DEFAULT_API_ORIGIN, 'default'],
  ])('B13: %s', (_which, start, stored, apiOrigin, apiOriginSource) => {
    expect(chooseApiOrigin(start, stored)).toEqual({ apiOrigin, apiOriginSource })
  })
})
