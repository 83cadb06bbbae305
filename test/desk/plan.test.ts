/** The floor plan is changed while the branch runs: by who may, not over somebody else's change, and not into nonsense. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fileOf } from '#hub/branch/rows.ts'
import { PlanAnswer } from '#protocol/desk/look/plan.ts'
import { addAccount, type Browser, codeOf, raise, remove, type Stage, scratch, signIn } from './support.ts'

const folder = scratch()
let stage: Stage
let admin: Browser
beforeAll(async () => {
  stage = await raise(folder)
  await addAccount(stage, 'wang', ['admin'])
  admin = await signIn(stage, 'wang')
})
afterAll(async () => {
  await stage.stop()
  remove(folder)
})

const read = async (query = ''): Promise<PlanAnswer> => {
  const answer = await admin.get(`/api/plan?lang=en${query}`)
  if (answer.status !== 200) throw new Error(answer.text)
  return PlanAnswer.parse(JSON.parse(answer.text))
}

const changed = ({ revision, zones, places }: PlanAnswer) => ({
  revision,
  zones: zones.map((zone) =>
    zone.id === 'waiting'
      ? {
          ...zone,
          limit: 30,
          area: [
            { x: 4, y: 0 },
            { x: 8, y: 0 },
            { x: 8, y: 3 },
          ],
        }
      : zone,
  ),
  places: [...places, { id: 'rest-1', zone: 'waiting', kind: 'rest' as const, at: { x: 6, y: 1 } }],
  devices: [{ id: 'robot-1', zone: 'waiting', place: 'rest-1' }],
})

describe('a plan', () => {
  test('is what the branch file says, in force at once when it is changed, and nothing else changes', async () => {
    const { state } = stage.lab.engine
    const before = await read()
    expect(before).toMatchObject({
      revision: 1,
      shown: 1,
      versions: [{ revision: 1, byTitle: 'the command line' }],
    })
    expect(before.devices).toContainEqual(
      expect.objectContaining({ id: 'robot-1', zone: 'entrance', place: 'dock-1' }),
    )
    const was = fileOf(state)
    const answer = await admin.post('/api/plan', changed(before))
    expect(answer.status).toBe(200)
    expect(PlanAnswer.parse(JSON.parse(answer.text))).toMatchObject({
      revision: 2,
      shown: 2,
      versions: [{ revision: 2, by: 'wang', byTitle: '王柜员', places: 2 }, { revision: 1 }],
    })
    expect(state.zones.get('waiting')?.limit).toBe(30)
    expect(state.zones.get('waiting')?.area).toHaveLength(3)
    expect(state.places.get('rest-1')?.zone).toBe('waiting')
    expect(state.devices.get('robot-1')).toMatchObject({ zone: 'waiting', place: 'rest-1' })
    const { zones: _zones, places: _places, devices: _devices, ...rest } = fileOf(state) ?? {}
    expect(was).toMatchObject(rest)
    expect(fileOf(state)?.devices.filter(({ id }) => id !== 'robot-1')).toEqual(
      was?.devices.filter(({ id }) => id !== 'robot-1'),
    )
  })

  test('can be brought back to what it was', async () => {
    const { revision } = await read()
    const old = await read('&version=1')
    expect(old).toMatchObject({ revision, shown: 1 })
    const devices = old.devices.map(({ id, zone, place }) => ({ id, zone, place }))
    const back = { revision: old.revision, zones: old.zones, places: old.places, devices }
    expect((await admin.post('/api/plan', back)).status).toBe(200)
    const { zones, places, devices: now, versions } = await read()
    expect({ zones, places, now }).toEqual({ zones: old.zones, places: old.places, now: old.devices })
    expect(versions.map((one) => one.revision)).toEqual([3, 2, 1])
  })
})

describe('it stays as it is', () => {
  test('where somebody else was first', async () => {
    const plan = await read()
    const [first, second] = await Promise.all([
      admin.post('/api/plan', changed(plan)),
      admin.post('/api/plan', changed(plan)),
    ])
    expect([first.status, second.status].toSorted((a, b) => a - b)).toEqual([200, 409])
    expect([codeOf(first), codeOf(second)]).toContain('config.conflict')
    expect((await read()).revision).toBe(plan.revision + 1)
  })

  test('where it would not hold together, and every fault is named', async () => {
    const { revision, zones, places } = await read()
    const without = { revision, zones: zones.filter(({ id }) => id !== 'entrance'), places, devices: [] }
    const answer = await admin.post('/api/plan', without)
    expect([answer.status, codeOf(answer)]).toEqual([422, 'config.invalid'])
    expect(answer.text).toContain('there is no zone \\"entrance\\"')
    const strange = { revision, zones, places, devices: [{ id: 'robot-9', zone: null, place: null }] }
    expect(codeOf(await admin.post('/api/plan', strange))).toBe('device.unknown')
    const wild = { revision, zones: [{ ...zones[0], colour: 'red' }], places, devices: [] }
    expect(codeOf(await admin.post('/api/plan', wild))).toBe('request.invalid')
    expect((await read()).revision).toBe(revision)
  })

  test('where a version is asked for that there is not', async () => {
    expect(codeOf(await admin.get('/api/plan?version=99'))).toBe('plan.no-version')
  })
})

test('a plan with many corners is not too long, but there is an end to it', async () => {
  const { revision, zones, places } = await read()
  const area = Array.from({ length: 64 }, (_, index) => ({ x: index / 7, y: index / 3 }))
  const many = Array.from({ length: 40 }, (_, index) => ({
    ...zones[0],
    id: `room-${index}`,
    area,
  }))
  expect(
    (await admin.post('/api/plan', { revision, zones: [...zones, ...many], places, devices: [] })).status,
  ).toBe(200)
  const endless = { revision, zones, places, devices: [], more: 'x'.repeat(300_000) }
  expect(codeOf(await admin.post('/api/plan', endless))).toBe('request.too-large')
})
