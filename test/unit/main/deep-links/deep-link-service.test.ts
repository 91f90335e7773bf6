import { describe, expect, it, vi } from 'vitest'
import { ok, type Result } from '#shared/domain/result.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import { createDeepLinks } from '../../../../src/main/deep-links/deep-link-service.ts'
import { MIGRATION_ID, OTHER_ID } from '../fakes/views.ts'

const deepLinkTo = (migrationId: string) => `carolina-migrate://migrations/${migrationId}`
type Shown = Result<null, AppProblem>

function setUp(isSignedIn = true) {
  const session = { isSignedIn }
  const answers = new Map<string, (answer: Shown) => void>()
  const asked: string[] = []
  const opened: string[] = []
  const problems: (string | null)[] = []
  const warn = vi.fn()
  const links = createDeepLinks({
    isSignedIn: () => session.isSignedIn,
    showMigration: (id) => {
      asked.push(id)
      return new Promise<Shown>((resolve) => answers.set(id, resolve))
    },
    onOpened: (id) => opened.push(id),
    setLinkProblem: (problem) => problems.push(problem?.code ?? null),
    logger: { info: () => undefined, warn, error: () => undefined },
  })
  const answer = async (id: string, shown: Shown) => {
    answers.get(id)?.(shown)
    await Promise.resolve()
    await Promise.resolve()
  }
  return { session, links, asked, opened, problems, warn, answer }
}

describe('deep links', () => {
  it('B13: show the migration they name', async () => {
    const { links, answer, opened } = setUp()
    links.open(deepLinkTo(MIGRATION_ID))
    await answer(MIGRATION_ID, ok(null))
    expect(opened).toEqual([MIGRATION_ID])
  })

  it('B13: wait for the sign-in; the last one wins, and it is followed once', async () => {
    const { links, session, asked, answer, opened } = setUp(false)
    links.open(deepLinkTo(OTHER_ID))
    links.open(deepLinkTo(MIGRATION_ID))
    expect(asked).toEqual([])
    session.isSignedIn = true
    links.signedIn()
    await answer(MIGRATION_ID, ok(null))
    links.signedIn()
    expect(asked).toEqual([MIGRATION_ID])
    expect(opened).toEqual([MIGRATION_ID])
  })

  it.each(['not-found', 'api-unreachable'] as const)('B13: one that cannot be followed (%s) says so, until the next', async (code) => {
    const { links, answer, opened, problems } = setUp()
    links.open(deepLinkTo(MIGRATION_ID))
    await answer(MIGRATION_ID, { ok: false, error: { code } })
    expect(problems).toEqual([null, code])
    links.open(deepLinkTo(OTHER_ID))
    expect(problems.at(-1)).toBeNull()
    expect(opened).toEqual([])
  })

  it('a later link wins over one that is still being fetched', async () => {
    const { links, answer, opened, problems } = setUp()
    links.open(deepLinkTo(MIGRATION_ID))
    links.open(deepLinkTo(OTHER_ID))
    await answer(OTHER_ID, ok(null))
    await answer(MIGRATION_ID, { ok: false, error: { code: 'not-found' } })
    expect(opened).toEqual([OTHER_ID])
    expect(problems).not.toContain('not-found')
  })

  it('what was begun for one person tells the next one nothing', async () => {
    const { links, answer, problems } = setUp()
    links.open(deepLinkTo(MIGRATION_ID))
    links.signedOut()
    await answer(MIGRATION_ID, { ok: false, error: { code: 'not-found' } })
    expect(problems).toEqual([null, null])
  })

  it('anything else is ignored, and its text is not logged', () => {
    const { links, asked, problems, warn } = setUp()
    links.open('carolina-migrate://sign-in?key=cc_s3cr3t')
    expect([asked, problems]).toEqual([[], []])
    expect(warn).toHaveBeenCalledOnce()
    expect(JSON.stringify(warn.mock.calls)).not.toContain('s3cr3t')
  })
})
