import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../../../../src/renderer/styles/tokens.css', import.meta.url), 'utf8')
const [lightCss = '', darkCss = ''] = css.split('@media (prefers-color-scheme: dark)')
const light = readTokens(lightCss)
const themes = { light, dark: { ...light, ...readTokens(darkCss.split('@media')[0] ?? '') } }

type Colour = readonly [red: number, green: number, blue: number, alpha: number]

const grounds = ['canvas', 'rail', 'surface', 'surface-sunken']
/** Whatever is written in it, and on what it is written. */
const texts: Readonly<Record<string, readonly string[]>> = {
  text: [...grounds, 'accent-soft', 'warning-soft', 'bad-soft'],
  'text-muted': [...grounds, 'accent-soft'],
  accent: grounds,
  'accent-strong': ['accent-soft'],
  'on-accent': ['accent', 'accent-strong'],
  'on-bad': ['bad', 'bad-strong'],
  good: [...grounds, 'good-soft'],
  warning: [...grounds, 'warning-soft', 'accent-soft'],
  bad: [...grounds, 'bad-soft'],
}
/** Edges of controls, the focus ring, and pictures that say something. */
const shapes: Readonly<Record<string, readonly string[]>> = {
  'field-line': ['canvas', 'surface', 'surface-sunken'],
  accent: [...grounds, 'accent-soft'],
  'text-muted': grounds,
  warning: ['warning-soft'],
  bad: ['bad-soft'],
}

describe.each(Object.entries(themes))('colours of the %s theme (B13)', (_name, tokens) => {
  it.each(pairsOf(texts))('%s can be read on %s: 4.5:1', (text, ground) => {
    expect(contrast(tokens, text, ground)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(pairsOf({ text: grounds, 'text-muted': ['rail'], accent: ['surface', 'canvas'] }))('%s can be read on a hovered %s: 4.5:1', (text, ground) => {
    expect(contrast(tokens, text, ground, 'hover')).toBeGreaterThanOrEqual(4.5)
  })

  it.each(pairsOf(shapes))('%s can be made out on %s: 3:1', (shape, ground) => {
    expect(contrast(tokens, shape, ground)).toBeGreaterThanOrEqual(3)
  })
})

function pairsOf(table: Readonly<Record<string, readonly string[]>>): [string, string][] {
  return Object.entries(table).flatMap(([front, backs]) => backs.map((back): [string, string] => [front, back]))
}

function readTokens(text: string): Readonly<Record<string, Colour>> {
  const found = text.matchAll(/--([\w-]+): (#[\da-f]{6}|rgb\([^)]*\));/g)
  return Object.fromEntries([...found].map(([, name = '', value = '']) => [name, parseColour(value)]))
}

function parseColour(value: string): Colour {
  if (value.startsWith('#')) {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(value.slice(at, at + 2), 16))
    return [red, green, blue, 1]
  }
  const [red = 0, green = 0, blue = 0, percent = 100] = [...value.matchAll(/[\d.]+/g)].map(([number]) => Number(number))
  return [red, green, blue, percent / 100]
}

/** As WCAG 2 defines it; `veil`: what is laid over the ground. */
function contrast(tokens: Readonly<Record<string, Colour>>, front: string, back: string, veil?: string): number {
  const ground = veil === undefined ? tokens[back]! : mix(tokens[veil]!, tokens[back]!)
  const [darker = 0, lighter = 0] = [luminance(tokens[front]!), luminance(ground)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

function mix([red, green, blue, alpha]: Colour, ground: Colour): Colour {
  const over = (value: number, below: number) => value * alpha + below * (1 - alpha)
  return [over(red, ground[0]), over(green, ground[1]), over(blue, ground[2]), 1]
}

function luminance([red, green, blue]: Colour): number {
  const linear = (value: number) => (value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}
