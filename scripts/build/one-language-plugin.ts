import type { Plugin } from 'vite'

/** React Aria's own words (for screen readers) in one of its thirty or so languages, e.g. `…/intl/table/fr-FR.mjs`. */
const WORDS = /[\\/]react-(?:aria|stately)[\\/].*[\\/]intl[\\/].*[\\/]([a-z]{2}-[A-Z]{2})\.mjs$/

/** Leaves out React Aria's words in all languages but the window's own. The library skips what is `undefined`. */
export function oneLanguagePlugin({ locale }: { readonly locale: string }): Plugin {
  return {
    name: 'one-language',
    load: {
      filter: { id: WORDS },
      handler: (id) => (WORDS.exec(id)?.[1] === locale ? null : 'export default undefined'),
    },
  }
}
