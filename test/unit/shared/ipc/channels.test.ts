import { describe, expect, it } from 'vitest'
import { noticeNames, requestNames } from '#shared/ipc/channel-names.ts'
import { notices, requests } from '#shared/ipc/channels.ts'

describe('IPC table', () => {
  it('gives the preload exactly the channels of the table', () => {
    expect([...requestNames].sort()).toEqual(Object.keys(requests).sort())
    expect([...noticeNames].sort()).toEqual(Object.keys(notices).sort())
  })

  it('limits every text that comes from the window', () => {
    const long = 'x'.repeat(1_000_000)
    expect(requests.signIn.argument.safeParse({ apiKey: long }).success).toBe(false)
    const draft = { endpoint: '', region: '', accessKeyId: '', bucket: '', prefix: long }
    expect(requests.checkSource.argument.safeParse({ draft, secretAccessKey: '' }).success).toBe(false)
  })
})
