import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { LEFT_OUT } from './instead-of-plugin.ts'

interface Licence {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly text: string
}

/**
 * Writes `licences.json` beside the bundle: each package that is in it, with the text it is to be passed on with, so
 * that the list cannot fall behind the code. `alsoShipped`: packages that are shipped without being bundled.
 */
export function licencesPlugin({ alsoShipped }: { readonly alsoShipped: readonly string[] }): Plugin {
  return {
    name: 'licences',
    apply: 'build',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))
      const bundled = modules.filter((id) => this.getModuleInfo(id)?.meta[LEFT_OUT] !== true)
      const folders = [...bundled.map(packageFolder), ...alsoShipped.map((name) => join('node_modules', name))]
      const known = new Set(folders.filter((folder) => folder !== null))
      const licences = [...known].map(readLicence).sort((a, b) => a.name.localeCompare(b.name, 'en'))
      this.emitFile({ type: 'asset', fileName: 'licences.json', source: `${JSON.stringify(licences, null, 1)}\n` })
    },
  }
}

/** `…/node_modules/@scope/name` of a module in it; null for our own. */
function packageFolder(moduleId: string): string | null {
  return /^\0?(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(moduleId)?.[1] ?? null
}

interface PackageFacts {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly author?: string | { readonly name?: string }
}

function readLicence(folder: string): Licence {
  const facts = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageFacts
  const { name, version, license = 'see the text' } = facts
  return { name, version, licence: license, text: licenceText(folder, facts) }
}

/** All that the package says; a few leave the text to the repository they come from. */
function licenceText(folder: string, { name, license = '', author }: PackageFacts): string {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file) && !/\.(js|ts|html)$/i.test(file))
  if (files.length > 0) return files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n')
  const who = typeof author === 'string' ? author : (author?.name ?? `the authors of ${name}`)
  return `Copyright ${who}. Licensed under ${license}; the package comes without a text of its own.`
}
