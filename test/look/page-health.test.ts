/** Whatever a page that is a device says of its health, whoever looks at the device reads it in words. */
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sayReason } from '#hub/look/words/reason-words.ts'

const said = /health\.set\(\s*'([a-z-]+)'(?:,\s*[^,()]+(?:\([^)]*\))?[^,()]*,\s*(\w+))?/g

const codes = globSync('{apps/screen,apps/device,adapters/sdk}/**/*.ts').flatMap((path) =>
  [...readFileSync(path, 'utf8').matchAll(said)].map(([, code, about]) =>
    about === undefined ? String(code) : `${code}: rates`,
  ),
)

test('every code that a screen sets has words in both languages, with what it concerns', () => {
  expect(new Set(codes).size).toBeGreaterThanOrEqual(7)
  for (const code of [...codes, 'not-kept'])
    for (const tongue of ['zh', 'en'] as const) {
      const words = sayReason(code, tongue)
      expect(words).not.toBe(code)
      if (code.includes(':')) expect(words).toContain('rates')
    }
})
