import type { Throughput } from '#shared/contract/schemas.ts'

/** The graph's own coordinates; the picture is stretched to its box. */
export const GRAPH_WIDTH = 240
export const GRAPH_HEIGHT = 40

export interface ThroughputGraph {
  /** SVG path of the line. */
  readonly line: string
  /** The same, closed down to zero. */
  readonly area: string
  readonly lowest: number
  readonly highest: number
  readonly spanSeconds: number
}

/** The course of the rate as a line from zero up, so that a small change looks small. Null below two samples. */
export function throughputGraph({ bytesPerSecond, secondsPerSample }: Throughput): ThroughputGraph | null {
  if (bytesPerSecond.length < 2) return null
  const highest = Math.max(...bytesPerSecond)
  const step = GRAPH_WIDTH / (bytesPerSecond.length - 1)
  const points = bytesPerSecond.map((rate, index) => {
    const share = highest === 0 ? 0 : rate / highest
    return `${coordinate(index * step)} ${coordinate(GRAPH_HEIGHT * (1 - share))}`
  })
  const line = `M${points.join('L')}`
  return {
    line,
    area: `${line}L${GRAPH_WIDTH} ${GRAPH_HEIGHT}L0 ${GRAPH_HEIGHT}Z`,
    lowest: Math.min(...bytesPerSecond),
    highest,
    spanSeconds: bytesPerSecond.length * secondsPerSample,
  }
}

function coordinate(value: number): string {
  return String(Math.round(value * 10) / 10)
}
