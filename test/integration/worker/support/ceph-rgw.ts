import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { type Child, startChild } from '../../../../scripts/local-stack/child-process.ts'

export interface CephUser {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

export interface CephRgw {
  /** `http://127.0.0.1:PORT`, path style, any region. */
  readonly endpoint: string
  /** Ends the cluster; what it held is gone. Safe to call twice. */
  stop(): Promise<void>
}

const programs = ['ceph', 'ceph-mon', 'ceph-osd', 'monmaptool', 'osdmaptool', 'radosgw', 'radosgw-admin']
const packages = 'ceph-mon ceph-osd radosgw'
const START_MS = 30_000
const MAX_OSD_STARTS = 5

/**
 * A Ceph cluster of one node, all in memory, with the store that takes any key: about 15 s and 150 MB. It is killed
 * with the process that started it. Each user may make buckets, and read no other's.
 *
 * @throws Error when Ceph is not installed; it names the one command that helps.
 */
export async function startCephRgw(users: readonly CephUser[]): Promise<CephRgw> {
  requirePrograms()
  const folder = await mkdtemp(join(tmpdir(), 'ceph-rgw-'))
  const [monPort, port] = [await freePort(), await freePort()]
  const children: Child<unknown>[] = []
  const stop = async (): Promise<void> => {
    // From the gateway down: each waits for the one below it.
    for (const child of children.splice(0).reverse()) await child.kill()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const cluster = await prepareCluster(folder, monPort, port)
    children.push(await startDaemon(cluster, 'ceph-mon', ['-i', 'a'], () => isListening(monPort)))
    children.push(await startOsd(cluster))
    const gateway = startDaemon(cluster, 'radosgw', ['-n', 'client.rgw'], () => isListening(port))
    // Both need the pools, which are made but once.
    const [rgw] = await Promise.all([gateway, addUsers(cluster, users)])
    children.push(rgw)
  } catch (error) {
    await stop()
    throw error
  }
  return { endpoint: `http://127.0.0.1:${String(port)}`, stop }
}

function requirePrograms(): void {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const missing = programs.filter((name) => !folders.some((folder) => existsSync(join(folder, name))))
  if (missing.length === 0) return
  throw new Error(
    `Ceph is not installed (${missing.join(', ')}). Run this as an administrator, then try again:\n` +
      `  apt-get update && apt-get install --no-install-recommends -y ${packages}`,
  )
}

interface Cluster {
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  readonly run: (program: string, ...args: readonly string[]) => Promise<string>
}

async function prepareCluster(folder: string, monPort: number, port: number): Promise<Cluster> {
  for (const name of ['mon', 'osd', 'rgw', 'log']) await mkdir(join(folder, name))
  const fsid = randomUUID()
  const conf = join(folder, 'ceph.conf')
  await writeFile(conf, configuration(folder, fsid, monPort, port))
  await writeFile(join(folder, 'keyring'), '')
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, CEPH_CONF: conf }
  const execute = promisify(execFile)
  const run: Cluster['run'] = async (program, ...args) =>
    (await execute(program, args, { env, cwd: folder, timeout: START_MS })).stdout
  await run('monmaptool', '--create', '--fsid', fsid, '--addv', 'a', `[v1:127.0.0.1:${String(monPort)}]`, 'monmap')
  await run('osdmaptool', '--createsimple', '1', 'osdmap')
  await run('ceph-mon', '--mkfs', '-i', 'a', '--monmap', 'monmap', '--osdmap', 'osdmap')
  return { folder, env, run }
}

/** Without authentication within the cluster; S3 requests are signed all the same. */
function configuration(folder: string, fsid: string, monPort: number, port: number): string {
  return `[global]
fsid = ${fsid}
mon host = [v1:127.0.0.1:${String(monPort)}]
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind msgr2 = false
ms bind ipv6 = false
auth cluster required = none
auth service required = none
auth client required = none
keyring = ${folder}/keyring
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pgp num = 8
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 2000
mon data avail crit = 1
osd objectstore = memstore
memstore device bytes = 2147483648
run dir = ${folder}
admin socket =
pid file =
log file = ${folder}/log/$name.log
mon data = ${folder}/mon
osd data = ${folder}/osd
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:${String(port)} tcp_nodelay=1
rgw data = ${folder}/rgw
rgw thread pool size = 64
`
}

function startDaemon(
  { folder, env }: Cluster,
  program: string,
  args: readonly string[],
  isUp: () => Promise<boolean>,
): Promise<Child<true>> {
  return startChild({
    name: program,
    command: program,
    args: ['-f', ...args],
    env,
    logFile: join(folder, `${program}.out`),
    readiness: { kind: 'probe', probe: async () => ((await isUp()) ? true : null) },
    startMs: START_MS,
  })
}

/** One that asks the monitor too early ends with `wrong fsid`, and is to be started once more. */
async function startOsd(cluster: Cluster): Promise<Child<true>> {
  const isUp = async (): Promise<boolean> =>
    /\b1 up\b/.test(await cluster.run('ceph', '--connect-timeout', '5', 'osd', 'stat').catch(() => ''))
  // Asks the monitor as well.
  await cluster.run('ceph-osd', '--mkfs', '-i', '0', '--osd-uuid', randomUUID())
  for (let starts = 1; ; starts += 1) {
    try {
      return await startDaemon(cluster, 'ceph-osd', ['-i', '0'], isUp)
    } catch (error) {
      if (starts === MAX_OSD_STARTS) throw error
    }
  }
}

/** The cluster is on loopback, lives for minutes and holds test data: its keys may be arguments. */
async function addUsers({ run }: Cluster, users: readonly CephUser[]): Promise<void> {
  for (const { accessKeyId, secretAccessKey } of users) {
    const keys = ['--access-key', accessKeyId, '--secret-key', secretAccessKey]
    await run('radosgw-admin', '-n', 'client.rgw', 'user', 'create', `--uid=${accessKeyId}`, '--display-name=test', ...keys)
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
