import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { licenceSchema } from '#shared/ipc/preferences.ts'
import { chromiumLicence } from '../copy/licence-words.ts'
import { errorFacts, type Logger } from '../logger.ts'

export type Licence = z.infer<typeof licenceSchema>

/** As the build writes them beside what it has bundled. */
const licencesFileSchema = z.array(licenceSchema)

export interface LicenceReaderPorts {
  readonly files: readonly string[]
  /** The runtime's own part, which is not bundled. */
  readonly chromeVersion: string
  readonly logger: Logger
}

/** What others have written of the app, by name; each part and version once. Read when it is asked for. */
export function createLicenceReader({ files, chromeVersion, logger }: LicenceReaderPorts): () => Promise<Licence[]> {
  const readOne = async (file: string): Promise<Licence[]> => {
    try {
      return licencesFileSchema.parse(JSON.parse(await readFile(file, 'utf8')))
    } catch (error) {
      logger.error('licences-unreadable', errorFacts(error))
      return []
    }
  }
  return async () => {
    const bundled = (await Promise.all(files.map(readOne))).flat()
    const all = [...bundled, { ...chromiumLicence, version: chromeVersion }]
    const once = new Map(all.map((licence) => [`${licence.name} ${licence.version}`, licence]))
    return [...once.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'))
  }
}
