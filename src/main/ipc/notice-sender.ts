import type { WebContents } from 'electron'
import { noticeChannel } from '#shared/ipc/channel-names.ts'
import { type Notice, type NoticeName, notices } from '#shared/ipc/channels.ts'

/** Main's voice to the window. A notice that does not fit the table is a bug and throws. */
export interface NoticeSender {
  /** Lost while no page listens: for what a new page asks for by itself. */
  readonly send: <N extends NoticeName>(name: N, notice: Notice<N>) => void
  /** Kept until the page listens: for what happens once. */
  readonly sendWhenReady: <N extends NoticeName>(name: N, notice: Notice<N>) => void
  /** The page has asked for its snapshot, so its listeners are there. */
  readonly pageReady: () => void
  /** It is being loaded anew or has crashed: what is kept waits for the next page. */
  readonly pageGone: () => void
  /** The person put the window away, and with it what it was to show. */
  readonly windowClosed: () => void
}

export function createNoticeSender(contents: () => WebContents | null): NoticeSender {
  let isReady = false
  let waiting: (() => void)[] = []

  const send: NoticeSender['send'] = (name, notice) => {
    const parsed = notices[name].parse(notice)
    if (isReady) contents()?.send(noticeChannel(name), parsed)
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
    },
    windowClosed: () => {
      isReady = false
      waiting = []
    },
  }
}
