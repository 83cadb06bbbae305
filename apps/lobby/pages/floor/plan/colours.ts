/** What a canvas needs of the theme, read anew now and then: a canvas does not follow it by itself. */
import type { PaintColours } from './stamps.ts'

export type Colours = PaintColours & { readonly heat: readonly [number, number, number] }

const channels = (hex: string): [number, number, number] => {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

export const readColours = (element: Element): Colours => {
  const style = getComputedStyle(element)
  const of = (name: string) => style.getPropertyValue(name).trim()
  return {
    person: of('--ink'),
    faint: of('--edge'),
    edge: of('--surface'),
    calls: of('--high-fill'),
    onCalls: of('--on-high'),
    trail: of('--normal-fill'),
    heat: channels(of('--high-fill')),
  }
}
