import { buildPackage } from './build-package.ts'

// Entry: npm run package -- <electron-builder's targets, such as --linux dir>; without any, this system's installers.
const interruption = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interruption.abort())
await buildPackage(process.argv.slice(2), interruption.signal)
process.stdout.write('The packages are in dist/.\n')
