import { randomFillSync } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { forEachAtOnce } from '../../scripts/demo/for-each-at-once.ts'
import { KIB, MIB } from '#shared/domain/units.ts'

export interface DataSet {
  readonly name: 'small' | 'large'
  readonly bucket: string
  readonly objects: number
  readonly bytesEach: number
}

export const dataSets: readonly DataSet[] = [
  { name: 'small', bucket: 'bench-small', objects: 5_000, bytesEach: 4 * KIB },
  { name: 'large', bucket: 'bench-large', objects: 8, bytesEach: 128 * MIB },
]

const OBJECTS_PER_FOLDER = 100

/** Writes a data set of random bytes where `rclone serve s3` serves it from. */
export async function writeDataSet(dataFolder: string, { bucket, objects, bytesEach }: DataSet): Promise<void> {
  const numbers = Array.from({ length: objects }, (_, number) => number)
  await forEachAtOnce(numbers, 4, async (number) => {
    const folder = `folder-${String(Math.floor(number / OBJECTS_PER_FOLDER)).padStart(3, '0')}`
    const file = join(dataFolder, bucket, folder, `object-${String(number).padStart(5, '0')}.bin`)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, randomFillSync(Buffer.allocUnsafe(bytesEach)))
  })
}
