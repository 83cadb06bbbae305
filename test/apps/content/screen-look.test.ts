/** What an editor sees is what a screen shows: the preview has the sizes of the screen, and writes smaller where it does. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, expect, it, test, vi } from 'vitest'
import { wordSizeOf } from '#apps/lobby/pages/content/model/looks.ts'
import { wordsScene } from '#apps/screen/show/word-scenes.ts'

afterEach(() => vi.unstubAllGlobals())

const sheet = (path: string) => {
  const css = readFileSync(join(import.meta.dirname, '../../../apps', path), 'utf8')
  const rules = [...css.replace(/\/\*.*?\*\//gs, '').matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(
    ([, selectors = '', body = '']) => ({
      selectors: selectors.split(',').map((one) => one.trim()),
      declarations: [...body.matchAll(/([\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => ({
        name,
        value,
      })),
    }),
  )
  /** Shares of the screen's shorter side, and heights of lines. */
  return (wanted: readonly string[]): Record<string, string> =>
    Object.fromEntries(
      wanted
        .flatMap((one) => rules.filter(({ selectors }) => selectors.includes(one)))
        .flatMap(({ declarations }) => declarations)
        .flatMap(({ name, value }) => {
          const shares = [...value.matchAll(/([\d.]+)(?:vmin|cqmin)/g)].map(([, share]) => share)
          if (name === 'line-height') return [[name, value]]
          return shares.length === 0 ? [] : [[name, shares.join(' ')]]
        }),
    )
}

const screen = sheet('screen/screen.css')
const preview = sheet('lobby/pages/content/screen-look.module.css')

test.each([
  { of: ['.caption'], is: ['.caption'] },
  { of: ['.words'], is: ['.words'] },
  { of: ['.sentence', '.huge'], is: ['.huge'] },
  { of: ['.sentence', '.large'], is: ['.large'] },
  { of: ['.sentence', '.middle'], is: ['.middle'] },
  { of: ['.sentence', '.small'], is: ['.small'] },
  { of: ['.live'], is: ['.live'] },
  { of: ['.head'], is: ['.head'] },
  { of: ['.branch'], is: ['.branch'] },
  { of: ['.clock'], is: ['.clock'] },
  { of: ['.sentences'], is: ['.sentences'] },
  { of: ['.sentences', '.live-welcome .sentences'], is: ['.greetings'] },
  { of: ['.board'], is: ['.board'] },
  { of: ['.board td'], is: ['.board td'] },
  { of: ['.board th span:not(:first-child)'], is: ['.board th span:not(:first-child)'] },
  { of: ['.board .count'], is: ['.board .count'] },
  { of: ['.called', '.called li'], is: ['.called'] },
])('$of is as large in the preview', ({ of, is }) => {
  expect(Object.keys(screen(of))).not.toEqual([])
  expect(preview(is)).toEqual(screen(of))
})

/** The size in which a screen writes it. */
const sizeOnScreen = (text: string): string => {
  const made: { className: string }[] = []
  const createElement = () => {
    const one = { className: '', append: () => undefined }
    made.push(one)
    return one
  }
  vi.stubGlobal('document', { createElement })
  const time = { now: () => 0, elapsedMs: () => 0, after: () => () => undefined }
  wordsScene({ look: 'promotion', words: [{ language: 'zh', text }], values: {}, time })
  return made.flatMap(({ className }) => /^sentence (\w+)$/.exec(className)?.[1] ?? []).join()
}

it('writes words in the size of the screen, however long they are', () => {
  const letters = fc.constantFrom('a', ' ', '储', '。', '（', '𠮷', '😀', 'é')
  fc.assert(
    fc.property(fc.string({ unit: letters, maxLength: 300 }), (text) => {
      expect(wordSizeOf(text)).toBe(sizeOnScreen(text))
    }),
  )
})
