// watchdog.mjs <session number> <folder>: outlives the session's owner. Its input is a pipe that only the owner holds; when
// that closes without the word "done", the owner was killed, and this cleans up in its place. The owner writes the
// process number of each service as a line.
import { text } from 'node:stream/consumers'
import { endSession } from './session-processes.mjs'

const [number = '', folder = ''] = process.argv.slice(2)
const lines = (await text(process.stdin)).split('\n')
if (!lines.includes('done')) {
  const services = lines.map(Number).filter((pid) => pid > 0).reverse()
  await endSession({ number: Number(number), folder, services })
}
