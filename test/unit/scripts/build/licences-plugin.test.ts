import { join } from 'node:path'
import { build, type Plugin, type Rolldown } from 'vite'
import { describe, expect, it } from 'vitest'
import { insteadOfPlugin, jsonSchemaCompiler } from '../../../../scripts/build/instead-of-plugin.ts'
import { licencesPlugin } from '../../../../scripts/build/licences-plugin.ts'

// In no file, yet where the packages are found from.
const entry = join(import.meta.dirname, 'bundled.js')
const code = "export { Ajv2020 } from 'ajv/dist/2020.js'; export { createParser } from 'eventsource-parser'"

/** The names in the list of a bundle that uses both packages. */
async function listedPackages(plugins: Plugin[]): Promise<string[]> {
  const bundle = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [{ name: 'entry', resolveId: (id) => (id === entry ? id : null), load: (id) => (id === entry ? code : null) }, ...plugins],
    build: { write: false, ssr: true, minify: false, rolldownOptions: { input: { index: entry } } },
    ssr: { noExternal: true },
  })
  const { output } = bundle as Rolldown.RolldownOutput
  const list = output.find(({ fileName }) => fileName === 'licences.json')
  if (list?.type !== 'asset') throw new Error('there is no list')
  return (JSON.parse(String(list.source)) as { name: string }[]).map(({ name }) => name)
}

describe('list of licences', () => {
  it('names what is bundled, and not what is left out of the bundle', async () => {
    const licences = licencesPlugin({ alsoShipped: [] })
    expect(await listedPackages([licences])).toEqual(expect.arrayContaining(['ajv', 'eventsource-parser']))
    expect(await listedPackages([insteadOfPlugin(jsonSchemaCompiler), licences])).toEqual(['eventsource-parser'])
  })
})
