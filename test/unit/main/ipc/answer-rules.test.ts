import { describe, expect, it, vi } from 'vitest'
import { requestNames } from '#shared/ipc/channel-names.ts'
import { requests } from '#shared/ipc/channels.ts'
import { answerRequest, type RequestHandlers } from '../../../../src/main/ipc/answer-rules.ts'

const boom = (): never => {
  throw new Error('secret inside')
}
const failing = Object.fromEntries(requestNames.map((name) => [name, boom])) as unknown as RequestHandlers
const withHandlers = (part: Partial<RequestHandlers>): RequestHandlers => ({ ...failing, ...part })

describe('answering the window', () => {
  it('knows every channel of the table', () => {
    expect([...requestNames].toSorted()).toEqual(Object.keys(requests).toSorted())
  })

  it('hands the parsed argument to the handler and its answer back', async () => {
    const signIn = vi.fn(() => ({ ok: true, value: null }) as const)
    const answer = await answerRequest('signIn', { apiKey: 'k', more: 1 }, withHandlers({ signIn }), boom)
    expect(answer).toEqual({ ok: true, value: null })
    expect(signIn).toHaveBeenCalledWith({ apiKey: 'k' })
  })

  it('never calls a handler with an argument that does not fit', async () => {
    const signIn = vi.fn(() => ({ ok: true, value: null }) as const)
    const onRefused = vi.fn()
    for (const argument of [undefined, null, {}, { apiKey: 5 }, { apiKey: 'x'.repeat(5_000) }]) {
      expect(await answerRequest('signIn', argument, withHandlers({ signIn }), onRefused)).toEqual({
        ok: false,
        error: { code: 'unexpected' },
      })
    }
    expect(signIn).not.toHaveBeenCalled()
    expect(onRefused).toHaveBeenCalledTimes(5)
  })

  it('turns a thrown error into a code, and tells its text to nobody but the log', async () => {
    const onRefused = vi.fn()
    const answer = await answerRequest('signOut', null, failing, onRefused)
    expect(answer).toEqual({ ok: false, error: { code: 'unexpected' } })
    expect(onRefused).toHaveBeenCalledWith('handler-failed', expect.any(Error))
  })

  it('says it in the way of startMigration too, and throws only the code where there is none', async () => {
    const argument = {
      draft: { endpoint: '', region: '', accessKeyId: '', bucket: '', prefix: '' },
      secretAccessKey: '',
      destinationId: '',
      destinationPrefix: '',
      dispatchKey: crypto.randomUUID(),
    }
    expect(await answerRequest('startMigration', argument, failing, () => undefined)).toEqual({
      kind: 'refused',
      problem: { code: 'unexpected' },
    })
    await expect(answerRequest('getSnapshot', null, failing, () => undefined)).rejects.toThrow(/^unexpected$/)
  })

  it('lets no answer out that is not in the table', async () => {
    const leaking = withHandlers({ listDestinations: () => ({ ok: true, value: [{ secret: 's' }] }) as never })
    expect(await answerRequest('listDestinations', null, leaking, () => undefined)).toEqual({
      ok: false,
      error: { code: 'unexpected' },
    })
    const wordy = withHandlers({ signOut: () => ({ ok: true, value: null, key: 'k' }) as never })
    expect(await answerRequest('signOut', null, wordy, () => undefined)).toEqual({ ok: true, value: null })
  })
})
