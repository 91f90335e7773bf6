import { request } from 'node:http'

const ANSWER_MS = 10_000

/**
 * POSTs JSON over a unix socket and reads JSON back. The body may hold secrets, so errors name the path only.
 *
 * @throws Error when there is no answer within 10 s or the status is not 200.
 */
export function postToUnixSocket(socketPath: string, path: string, body: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const call = request(
      { socketPath, path, method: 'POST', headers: { 'content-type': 'application/json' }, timeout: ANSWER_MS },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => (text += chunk))
        response.on('end', () => {
          if (response.statusCode === 200) resolve(JSON.parse(text))
          else reject(new Error(`${path} answered ${String(response.statusCode)}`))
        })
      },
    )
    call.on('timeout', () => call.destroy(new Error(`${path} did not answer`)))
    call.on('error', reject)
    call.end(JSON.stringify(body))
  })
}
