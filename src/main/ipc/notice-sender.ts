import type { WebContents } from 'electron'
import { noticeChannel } from '#shared/ipc/channel-names.ts'
import { type Notice, type NoticeName, notices } from '#shared/ipc/channels.ts'

/** Main's voice to the window. A notice that does not fit the table is a bug and throws. */
export interface NoticeSender {
  /** Lost when there is no window: for what a new window asks for by itself. */
  readonly send: <N extends NoticeName>(name: N, notice: Notice<N>) => void
  /** Kept until the page listens: for what happens once. */
  readonly sendWhenReady: <N extends NoticeName>(name: N, notice: Notice<N>) => void
  /** The page has asked for its snapshot, so its listeners are there. */
  readonly pageReady: () => void
  readonly pageGone: () => void
}

export function createNoticeSender(contents: () => WebContents | null): NoticeSender {
  let isReady = false
  let waiting: (() => void)[] = []

  const send: NoticeSender['send'] = (name, notice) => {
    const parsed = notices[name].parse(notice)
    contents()?.send(noticeChannel(name), parsed)
  }
  return {
    send,
    sendWhenReady: (name, notice) => {
      if (isReady) send(name, notice)
      else waiting.push(() => send(name, notice))
    },
    pageReady: () => {
      isReady = true
      const due = waiting
      waiting = []
      for (const sendNow of due) sendNow()
    },
    pageGone: () => {
      isReady = false
      waiting = []
    },
  }
}
