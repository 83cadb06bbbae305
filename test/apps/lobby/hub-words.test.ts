/** A page says the hub's codes as the hub does: what stands behind a code is called by its name, in both languages. */
import { describe, expect, test } from 'vitest'
import { createHubWords } from '#apps/lobby/live/hub-words.ts'
import { flows } from '#flows/index.ts'
import type { FlowSet } from '#hub/engine/flow-set.ts'
import { catalogue } from '#hub/look/catalogue.ts'
import { carriedReasons } from '#hub/look/words/carried-words.ts'

const flowSet = { list: flows } as unknown as FlowSet
const nameOf = (what: string, id: string) => `<${what} ${id}>`

describe.each(['zh', 'en'] as const)('in %s', (tongue) => {
  const words = createHubWords(catalogue(flowSet, tongue))

  test.each(carriedReasons.map(({ prefix, of }) => [prefix, of] as const))('%s', (prefix, of) => {
    const code = of === 'mode' ? `${prefix}closed` : of === 'capability' ? `${prefix}dock` : `${prefix}x-1`
    const said = words.reason({ code }, nameOf)
    expect(said).not.toContain(prefix)
    expect(said).not.toContain('{')
    if (of === undefined) expect(said).not.toContain('x-1')
    else if (of !== 'mode' && of !== 'capability') expect(said).toContain(`<${of} x-1>`)
    // As the reason of something else, too.
    expect(words.reason({ code: 'assistance.asked', params: { reason: code } }, nameOf)).toContain(said)
  })
})

test('what has no words is said as it is, also before there are any', () => {
  expect(createHubWords(undefined).reason({ code: 'motor-7' })).toBe('motor-7')
  expect(createHubWords(catalogue(flowSet, 'zh')).reason({ code: 'motor-7' })).toBe('motor-7')
})
