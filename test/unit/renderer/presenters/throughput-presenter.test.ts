import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  GRAPH_HEIGHT,
  GRAPH_WIDTH,
  throughputGraph,
} from '../../../../src/renderer/presenters/throughput-presenter.ts'

describe('B5: the throughput graph', () => {
  it('runs from the left to the right edge, the highest at the top, zero at the bottom', () => {
    const line = `M0 ${GRAPH_HEIGHT}L${GRAPH_WIDTH / 2} ${GRAPH_HEIGHT / 2}L${GRAPH_WIDTH} 0`
    expect(throughputGraph({ secondsPerSample: 4, bytesPerSecond: [0, 50, 100] })).toEqual({
      line,
      area: `${line}L${GRAPH_WIDTH} ${GRAPH_HEIGHT}L0 ${GRAPH_HEIGHT}Z`,
      lowest: 0,
      highest: 100,
      spanSeconds: 12,
    })
  })

  it('draws a standstill along the bottom', () => {
    const graph = throughputGraph({ secondsPerSample: 1, bytesPerSecond: [0, 0] })
    expect(graph?.line).toBe(`M0 ${GRAPH_HEIGHT}L${GRAPH_WIDTH} ${GRAPH_HEIGHT}`)
  })

  it('is no picture before there are two samples', () => {
    expect(throughputGraph({ secondsPerSample: 1, bytesPerSecond: [] })).toBeNull()
    expect(throughputGraph({ secondsPerSample: 1, bytesPerSecond: [7] })).toBeNull()
  })

  it('stays within its box, whatever was measured', () => {
    const samples = fc.array(fc.nat({ max: 2 ** 50 }), { minLength: 2, maxLength: 60 })
    fc.assert(
      fc.property(samples, (bytesPerSecond) => {
        const line = throughputGraph({ secondsPerSample: 1, bytesPerSecond })?.line ?? ''
        for (const point of line.slice(1).split('L')) {
          const [x, y] = point.split(' ').map(Number)
          expect(x).toBeGreaterThanOrEqual(0)
          expect(x).toBeLessThanOrEqual(GRAPH_WIDTH)
          expect(y).toBeGreaterThanOrEqual(0)
          expect(y).toBeLessThanOrEqual(GRAPH_HEIGHT)
        }
      }),
    )
  })
})
