/** The commands the examiner makes: valid for every capability and every seed, spoiled ones never. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sampleCommand, spoiledCommands, withWords } from '#adapters/conformance/samples.ts'
import { type CapabilityName, capabilities } from '#protocol/capabilities.ts'

const around = {
  places: ['entrance', 'waiting'],
  languages: ['zh', 'en'],
  showMs: 500,
  commands: {},
} as const
const names = Object.keys(capabilities) as CapabilityName[]
const anySeed = fc.record({ name: fc.constantFrom(...names), index: fc.nat(20), seed: fc.string() })

test('every made command is valid, speaks of known places only, and comes again for the same seed', () => {
  fc.assert(
    fc.property(anySeed, ({ name, index, seed }) => {
      const command = sampleCommand(name, index, { around, seed })
      expect(capabilities[name].command.safeParse(command).success).toBe(true)
      expect(sampleCommand(name, index, { around, seed })).toEqual(command)
      const places = JSON.stringify(command).matchAll(/"place":"([^"]+)"/g)
      for (const [, place] of places) expect(around.places).toContain(place)
    }),
  )
})

test('every spoiled command is invalid, and there are some for each capability', () => {
  fc.assert(
    fc.property(anySeed, ({ name, index, seed }) => {
      const spoiled = spoiledCommands(name, sampleCommand(name, index, { around, seed }))
      expect(spoiled.length).toBeGreaterThan(2)
      for (const { command } of spoiled)
        expect(capabilities[name].command.safeParse(command).success).toBe(false)
    }),
  )
})

test('the commands that were given are used instead', () => {
  const given = { ...around, commands: { guide: [{ to: { place: 'vault' } }] } }
  expect(sampleCommand('guide', 5, { around: given, seed: '1' })).toEqual({ to: { place: 'vault' } })
})

test('words are replaced wherever they stand, and nothing else is', () => {
  const words = [{ language: 'ar', text: 'مرحبا' }]
  const command = { content: { template: 'plain', words: [{ language: 'en', text: 'a' }] }, words: 'x' }
  expect(withWords(command, words)).toEqual({ content: { template: 'plain', words }, words: 'x' })
})
