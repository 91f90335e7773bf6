import type { Plugin } from 'vite'

interface Instead {
  /** Matches the files of the modules, e.g. `…/intl/table/fr-FR.mjs`. */
  readonly modules: RegExp
  /** What is bundled in their place. */
  readonly code: string
}

/** Marks a module of which only the name is bundled. */
export const LEFT_OUT = 'leftOut'

/** Leaves out what a library brings along and we never call: the less there is to read, the quicker the start. */
export function insteadOfPlugin(instead: Instead): Plugin {
  const handler = () => ({ code: instead.code, meta: { [LEFT_OUT]: true } })
  return { name: 'instead-of', load: { filter: { id: instead.modules }, handler } }
}

/** React Aria's own words for screen readers, in all languages but the window's. The library skips `undefined`. */
export const otherLanguages: Instead = {
  modules: /[\\/]react-(?:aria|stately)[\\/].*[\\/]intl[\\/].*[\\/](?!en-US)[a-z]{2}-[A-Z]{2}\.mjs$/,
  code: 'export default undefined',
}

/** electron-store's compiler for JSON schemas. We give it none: the settings are parsed with zod. */
export const jsonSchemaCompiler: Instead = {
  modules: /[\\/]node_modules[\\/]ajv[\\/]dist[\\/]2020\.js$/,
  code: "export class Ajv2020 { constructor() { throw new Error('left out of the build: jsonSchemaCompiler') } }",
}
export const jsonSchemaFormats: Instead = {
  modules: /[\\/]node_modules[\\/]ajv-formats[\\/]dist[\\/]index\.js$/,
  code: 'export default {}',
}
