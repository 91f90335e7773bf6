import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { requestChannel, requestNames } from '#shared/ipc/channel-names.ts'
import { errorFacts, type Logger } from '../logger.ts'
import { isAppUrl } from '../security/app-url.ts'
import { answerRequest, type RequestHandlers } from './answer-rules.ts'

interface IpcPorts {
  readonly handlers: RequestHandlers
  /** The window's contents; null while there is no window. */
  readonly trustedContents: () => WebContents | null
  readonly logger: Logger
}

/** Opens every channel of the table. Only the main frame of our own window, showing our own page, is heard. */
export function registerRequests({ handlers, trustedContents, logger }: IpcPorts): void {
  for (const name of requestNames) {
    ipcMain.handle(requestChannel(name), async (event, argument: unknown) => {
      if (!isTrusted(event, trustedContents())) {
        logger.warn('ipc-refused', { name, refusal: 'untrusted-sender' })
        throw new Error('unexpected')
      }
      return await answerRequest(name, argument, handlers, (refusal, error) => {
        logger.error('ipc-refused', { name, refusal, ...(error === undefined ? {} : errorFacts(error)) })
      })
    })
  }
}

function isTrusted({ senderFrame, sender }: IpcMainInvokeEvent, trusted: WebContents | null): boolean {
  return trusted !== null && sender === trusted && senderFrame === trusted.mainFrame && isAppUrl(senderFrame.url)
}
