import { once } from 'node:events'
import type { Socket } from 'node:net'

/** Where a client of a SOCKS5 proxy (RFC 1928) asks to be connected to. */
export interface SocksTarget {
  /** A name or an IP address; IPv6 without brackets. Not checked in any way. */
  readonly host: string
  readonly port: number
}

/** RFC 1928, section 6. */
export const socksReplies = {
  connected: 0,
  /** rclone's words for it: "connection not allowed by ruleset". */
  notAllowed: 2,
  networkUnreachable: 3,
  hostUnreachable: 4,
  connectionRefused: 5,
  commandNotSupported: 7,
  addressTypeNotSupported: 8,
} as const
export type SocksReply = (typeof socksReplies)[keyof typeof socksReplies]

export class SocksRefusedError extends Error {}

const VERSION = 5
const USER_AND_PASSWORD = 2
const NO_METHOD = 0xff
const AUTHENTICATION_VERSION = 1
const CONNECT = 1
const [IPV4, NAME, IPV6] = [1, 3, 4]

/**
 * Reads a client's greeting, user name, password (RFC 1929, the only method offered) and CONNECT request, and
 * answers all but the last: that is `answerSocks`.
 *
 * @throws SocksRefusedError when the client was turned away; any other error when the connection broke.
 */
export async function acceptSocks(
  socket: Socket,
  isKnown: (user: string, password: string) => boolean,
): Promise<SocksTarget> {
  const take = createTaker(socket)
  const takeByte = async (): Promise<number> => (await take(1)).readUInt8()
  const takeText = async (): Promise<string> => (await take(await takeByte())).toString('latin1')

  if ((await takeByte()) !== VERSION) throw new SocksRefusedError('not SOCKS5')
  const methods = await take(await takeByte())
  if (!methods.includes(USER_AND_PASSWORD)) {
    socket.end(Buffer.from([VERSION, NO_METHOD]))
    throw new SocksRefusedError('no password offered')
  }
  socket.write(Buffer.from([VERSION, USER_AND_PASSWORD]))

  await take(1)
  if (!isKnown(await takeText(), await takeText())) {
    socket.end(Buffer.from([AUTHENTICATION_VERSION, 1]))
    throw new SocksRefusedError('wrong password')
  }
  socket.write(Buffer.from([AUTHENTICATION_VERSION, 0]))

  const [, command, , addressType] = await take(4)
  if (command !== CONNECT) return refuse(socket, socksReplies.commandNotSupported)
  const host = await takeHost(addressType, take, takeText)
  if (host === null) return refuse(socket, socksReplies.addressTypeNotSupported)
  return { host, port: (await take(2)).readUInt16BE() }
}

export function answerSocks(socket: Socket, reply: SocksReply): void {
  // The bound address is of no interest to a client that connects.
  socket.write(Buffer.from([VERSION, reply, 0, 1, 0, 0, 0, 0, 0, 0]))
}

function refuse(socket: Socket, reply: SocksReply): never {
  answerSocks(socket, reply)
  socket.end()
  throw new SocksRefusedError(`reply ${reply}`)
}

async function takeHost(
  addressType: number | undefined,
  take: Take,
  takeText: () => Promise<string>,
): Promise<string | null> {
  if (addressType === IPV4) return [...(await take(4))].join('.')
  if (addressType === NAME) return takeText()
  if (addressType === IPV6) return (await take(16)).toString('hex').replaceAll(/(.{4})(?=.)/g, '$1:')
  return null
}

type Take = (count: number) => Promise<Buffer>

/** Reads exactly so many bytes and leaves the rest in the stream, for whoever comes next. */
function createTaker(socket: Socket): Take {
  const closed = new AbortController()
  socket.once('close', () => closed.abort())
  return async (count) => {
    if (count === 0) return Buffer.alloc(0)
    for (;;) {
      const chunk = socket.read(count) as Buffer | null
      if (chunk?.length === count) return chunk
      // At the end of the stream `read` gives less than asked for; then nothing more will come.
      if (chunk !== null) throw new Error('the connection ended')
      await once(socket, 'readable', { signal: closed.signal })
    }
  }
}
