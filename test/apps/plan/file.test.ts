/** A plan as a file: what was saved is loaded as it was, and what is wrong is said with its place. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differences } from '#apps/lobby/pages/plan/model/differences.ts'
import { faultsIn } from '#apps/lobby/pages/plan/model/faults.ts'
import { type Plan, placeKinds, zoneKinds } from '#apps/lobby/pages/plan/model/plan.ts'
import {
  type FileRead,
  type FileTrouble,
  planFrom,
  planText,
  readPlanFile,
  readPlanText,
} from '#apps/lobby/pages/plan/model/plan-file.ts'
import { PlanFile, planFileBytesMax, planMetresMax } from '#protocol/desk/look/plan-file.ts'

const metres = fc
  .double({ min: -planMetresMax, max: planMetresMax, noNaN: true })
  .map((x) => (x === 0 ? 0 : x))
const point = fc.record({ x: metres, y: metres })
const id = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,8}$/)
const unique = { selector: (one: { id: string }) => one.id }
const zone = fc.record(
  {
    id,
    kind: fc.constantFrom(...zoneKinds),
    title: fc.dictionary(fc.constantFrom('zh', 'en', 'zh-TW'), fc.constantFrom('大厅', 'Hall "A"', '')),
    limit: fc.integer({ min: 1, max: 99 }),
    sound: id,
    keepClear: fc.array(id, { maxLength: 3 }),
    staffOnly: fc.boolean(),
    at: point,
    area: fc.array(point, { minLength: 3, maxLength: 8 }),
  },
  { requiredKeys: ['id', 'kind', 'title', 'keepClear', 'staffOnly'] },
)
const place = fc.record(
  { id, zone: id, kind: fc.constantFrom(...placeKinds), at: point },
  { requiredKeys: ['id', 'zone', 'kind'] },
)
const device = fc.record({ id, zone: fc.option(id), place: fc.option(id) })
const plans: fc.Arbitrary<Plan> = fc.record({
  zones: fc.uniqueArray(zone, { ...unique, maxLength: 6 }),
  places: fc.uniqueArray(place, { ...unique, maxLength: 6 }),
  devices: fc.uniqueArray(device, { ...unique, maxLength: 6 }),
})

const fileOf = (read: FileRead): PlanFile => {
  if ('trouble' in read) throw new Error(JSON.stringify(read.trouble))
  return read.file
}

const troubleOf = (read: FileRead): FileTrouble => {
  if ('file' in read) throw new Error('It was read.')
  return read.trouble
}

test('whatever is drawn, also what is not right yet, is loaded as it was saved', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const file = fileOf(readPlanText(planText(plan, 'demo')))
      expect(file.branch).toBe('demo')
      const now = { ...plan, zones: [], places: [] }
      expect(planFrom(file, now)).toEqual({ plan, strangers: [] })
    }),
  )
})

test('each thing stands on a line of its own', () => {
  const plan: Plan = {
    zones: [{ id: 'hall', kind: 'other', title: {}, keepClear: [], staffOnly: false }],
    places: [],
    devices: [{ id: 'robot', zone: 'hall', place: null }],
  }
  expect(planText(plan, undefined)).toBe(`{
  "format": "usher-plan",
  "version": 1,
  "zones": [
    {"id":"hall","kind":"other","title":{},"keepClear":[],"staffOnly":false}
  ],
  "places": [],
  "devices": [
    {"id":"robot","zone":"hall","place":null}
  ]
}
`)
})

const hall = '{ "id": "hall", "kind": "other" }'
const of = (rest: string) => `{ "format": "usher-plan", "version": 1, ${rest} }`

/** `§` stands before each fault. */
const marked = (text: string) => {
  const parts = text.split('§')
  const spots = parts.slice(1).map((_, nth) => {
    const before = parts
      .slice(0, nth + 1)
      .join('')
      .split('\n')
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
  })
  return { text: parts.join(''), spots }
}

describe('a file that is none is refused, and the place is named', () => {
  test.each([
    ['plan-file.not-json', '{\n  "format": "usher-plan",\n  "zones": [\n§}', [' unexpected']],
    ['plan-file.other', '{"type": "FeatureCollection", "features": []}', []],
    ['plan-file.other', '[1, 2]', []],
    ['plan-file.other', 'null', []],
    ['plan-file.newer', '{"format": "usher-plan", "version": 2, "halls": []}', []],
    ['plan-file.invalid', '{"format": "usher-plan", "version": §"1", "zones": []}', ['version one-of']],
    ['plan-file.invalid', '§{"format": "usher-plan", "zones": []}', ['version missing']],
    ['plan-file.invalid', `§${of('"places": []')}`, ['zones missing']],
    [
      'plan-file.invalid',
      of(`"zones": [\n${hall},\n${hall.replace('"hall"', '§"hall"')}]`),
      ['zones[1].id twice'],
    ],
    ['plan-file.invalid', of('"zones": [{ "id": §"Hall", "kind": "other" }]'), ['zones[0].id form']],
    ['plan-file.invalid', of('"zones": [{ "id": "hall", "kind": §"garden" }]'), ['zones[0].kind one-of']],
    [
      'plan-file.invalid',
      of('"zones": [{ "id": "hall", "kind": "other", "limit": §0,\n"colour": §"red" }]'),
      ['zones[0].limit too-small', 'zones[0].colour unknown'],
    ],
    [
      'plan-file.invalid',
      of('"zones": [{ "id": "hall", "kind": "other",\n"area": §[{ "x": 0, "y": 0 }, { "x": 4, "y": 4 }] }]'),
      ['zones[0].area too-few'],
    ],
    [
      'plan-file.invalid',
      of(`"zones": [${hall}], "places": [{ "id": "door", "zone": "hall", "at": §{ "x": 1 } }]`),
      ['places[0].at.y missing'],
    ],
    [
      'plan-file.invalid',
      of('"zones": [{ "id": "hall", "kind": "other", "at": §{ "x": 1e30, "y": 0 } }]'),
      ['zones[0].at far'],
    ],
    [
      'plan-file.invalid',
      of(`"zones": [${hall}], "places": [{ "id": "door", "zone": "hall", "at": { "x": §"0", "y": 0 } }]`),
      ['places[0].at.x no-number'],
    ],
  ] as const)('case %#: %s', (code, faulty, says) => {
    const { text, spots } = marked(faulty)
    const { code: is, misfits } = troubleOf(readPlanText(text))
    expect(is).toBe(code)
    expect(
      misfits.map(({ field, wrong }) => `${field} ${typeof wrong === 'string' ? wrong : wrong.code}`),
    ).toEqual(says)
    expect(misfits.map(({ spot }) => spot)).toEqual(spots)
  })

  test('of very many faults the first ones, and how many more', () => {
    // Each of the twenty is written wrong, and all but the first are there twice.
    const zones = Array.from({ length: 20 }, () => '{ "id": "Hall", "kind": "other" }').join()
    expect(troubleOf(readPlanText(of(`"zones": [${zones}]`)))).toMatchObject({ more: 31 })
  })

  test('what is no text, too large, or gone meanwhile', async () => {
    const png = new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe])])
    expect(troubleOf(await readPlanFile(png)).code).toBe('plan-file.not-json')
    const large = new Blob([' '.repeat(planFileBytesMax + 1)])
    expect(troubleOf(await readPlanFile(large)).code).toBe('plan-file.too-large')
    const gone = new Blob(['{}'])
    gone.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'))
    expect(troubleOf(await readPlanFile(gone)).code).toBe('plan-file.unreadable')
    const marked = new Blob(['\ufeff', of(`"zones": [${hall}]`)])
    expect(fileOf(await readPlanFile(marked)).zones).toHaveLength(1)
  })
})

test('devices of this branch stay where they are unless the file says otherwise; strangers are left out and named', () => {
  const file = fileOf(
    readPlanText(
      of(`"zones": [${hall}, { "id": "vip", "kind": "vip" }],
      "places": [{ "id": "door", "zone": "vip" }],
      "devices": [
        { "id": "robot", "zone": "vip", "place": null },
        { "id": "nowhere", "zone": null, "place": null },
        { "id": "stranger", "zone": "hall", "place": null }
      ]`),
    ),
  )
  const devices = [
    { id: 'robot', zone: 'hall', place: 'door' },
    { id: 'nowhere', zone: 'hall', place: null },
    { id: 'kiosk', zone: 'hall', place: null },
    { id: 'at-the-door', zone: 'hall', place: 'door' },
    { id: 'in-the-cellar', zone: 'cellar', place: 'rest' },
  ]
  const { plan, strangers } = planFrom(file, { zones: [], places: [], devices })
  expect(strangers).toEqual(['stranger'])
  expect(plan.devices).toEqual([
    { id: 'robot', zone: 'vip', place: null },
    { id: 'nowhere', zone: null, place: null },
    { id: 'kiosk', zone: 'hall', place: null },
    { id: 'at-the-door', zone: 'vip', place: 'door' },
    { id: 'in-the-cellar', zone: null, place: null },
  ])
  expect(faultsIn(plan).filter(({ isWrong }) => isWrong)).toEqual([])
})

test('the example of the guide is a plan without a fault, and says everything that a file can say', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../../docs/guides/plan-file.md'), 'utf8')
  const [, example = ''] = /```json\n([\s\S]*?)```/.exec(guide) ?? []
  const file = fileOf(readPlanText(example))
  const devices = file.devices.map(({ id }) => ({ id, zone: null, place: null }))
  const { plan } = planFrom(file, { zones: [], places: [], devices })
  expect(faultsIn(plan)).toEqual([])
  // What is saved of it is the same plan.
  const again = planFrom(fileOf(readPlanText(planText(plan, file.branch))), plan).plan
  expect(differences(plan, again)).toEqual([])
  const keys = (rows: readonly object[]) => [...new Set(rows.flatMap((row) => Object.keys(row)))].sort()
  const raw = JSON.parse(example) as Record<'zones' | 'places' | 'devices', object[]>
  expect(keys([raw])).toEqual(Object.keys(PlanFile.shape).sort())
  for (const list of ['zones', 'places', 'devices'] as const) {
    const shape = PlanFile.shape[list]
    const { element } = 'element' in shape ? shape : shape.unwrap()
    expect(keys(raw[list])).toEqual(Object.keys(element.shape).sort())
    // Each of them is explained as well.
    for (const key of keys(raw[list])) expect(guide).toMatch(new RegExp(`\\| \`${key}\` \\|`))
  }
})
