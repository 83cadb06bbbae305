/** What the branch says about a kiosk: the example that the guide gives is good, and what is bad harms nothing else. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readSettings } from '#apps/kiosk/outside/settings.ts'
import { exampleService } from './example-service.ts'

const example: unknown = parse(
  readFileSync(join(import.meta.dirname, '../../../docs/guides/examples/kiosk-settings.yaml'), 'utf8'),
)

test('the example of the guide is good as it stands', () => {
  const { settings, forms, troubles } = readSettings(example)
  expect(troubles).toEqual([])
  expect(forms.map(({ id }) => id)).toEqual(['update-phone', 'own-transfer'])
  expect(settings).toMatchObject({ tickets: true, ticketPrefix: 'K' })
})

test('a kiosk of which nothing is said has no tickets, no services and no door for staff', () => {
  const { settings, forms, troubles } = readSettings(undefined)
  expect(troubles).toEqual([])
  expect(forms).toEqual([])
  expect(settings).toMatchObject({ tickets: false, expert: true })
  expect(settings.staffPin).toBeUndefined()
})

test('a service that does not fit is named and left out, and the others stay', () => {
  const bad = { ...exampleService, id: 'bad', steps: [] }
  const pattern = structuredClone(exampleService)
  Object.assign(pattern.steps[0]?.fields[0] ?? {}, { pattern: '(' })
  const { forms, troubles } = readSettings({
    services: [bad, exampleService, exampleService, { ...pattern, id: 'pattern' }],
  })
  expect(forms.map(({ id }) => id)).toEqual(['everything'])
  expect(troubles).toEqual([
    expect.stringContaining('kiosk.services.0.steps: '),
    expect.stringContaining('kiosk.services.3.steps.0.fields.0.pattern: is not a regular expression'),
    'kiosk.services: there are two of the id everything',
  ])
})

test('settings that cannot be read leave a kiosk as if nothing had been said, which staff can see', () => {
  const { settings, troubles } = readSettings({ tickets: true, idle: { askAfterMs: 5 } })
  expect(settings.tickets).toBe(false)
  expect(troubles.join()).toContain('kiosk.idle.askAfterMs')
  expect(readSettings({ tickets: true }).troubles).toEqual([
    'kiosk.ticketPrefix: is needed where the kiosk issues tickets',
  ])
})
