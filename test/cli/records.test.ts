/** Legal holds and erasing one visit, by command against a running hub: what goes, what stays, and who is on record. */
import mqtt from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LegalHold } from '#hub/store/upkeep.ts'
import { remove, type StartedHub, scratch, startHub } from './support.ts'

const folder = scratch()
let hub: StartedHub

beforeAll(async () => {
  hub = await startHub(folder)
})

afterAll(async () => {
  await hub.stop()
  remove(folder)
})

const sense = async (name: string, data: unknown) => {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${hub.ports.mqtt}`, {
    clientId: 'demo/tester-1',
    protocolVersion: 4,
    reconnectPeriod: 0,
  })
  await client.publishAsync(`usher/v1/demo/tester-1/event/${name}`, JSON.stringify(data), { qos: 1 })
  await client.endAsync()
}

const comeIn = async (track: string): Promise<string> => {
  await sense('visitor.detected', { zone: 'entrance', track, direction: 'in' })
  const visits = await hub.json<readonly { id: string; tracks: readonly string[] }[]>('visits')
  const visit = visits.find(({ tracks }) => tracks.includes(`tester-1/${track}`))
  if (visit === undefined) throw new Error('the visit was not begun')
  return visit.id
}

const comeAndGo = async (track: string): Promise<string> => {
  const visit = await comeIn(track)
  await sense('visitor.left', { zone: 'entrance', track })
  return visit
}

const said = async (...words: readonly string[]) => (await hub.usher(...words)).said
const complaint = async (...words: readonly string[]) => {
  const { code, complained } = await hub.usher(...words)
  return `${code} ${complained}`
}
const lastLines = () => said('journal', 'export')
const who = ['--by', 'manager-1', '--reason'] as const

describe('a legal hold', () => {
  test('names what it keeps, who set it and why; a second one of its name is refused', async () => {
    expect(await said('journal', 'holds')).toContain('No legal holds.')
    const visit = await comeAndGo('held-1')
    const holds = await hub.json<LegalHold[]>(
      'journal',
      'hold',
      'complaint-1',
      '--visit',
      visit,
      ...who,
      'a complaint',
    )
    expect(holds).toMatchObject([{ id: 'complaint-1', visit, by: 'manager-1', reason: 'a complaint' }])
    expect(await said('journal', 'holds')).toMatch(/complaint-1 .*manager-1 .*a complaint/)
    expect(await complaint('journal', 'hold', 'complaint-1', '--visit', visit, ...who, 'again')).toMatch(
      /^1 error hold\.exists/,
    )
    expect(await complaint('journal', 'erase', '--visit', visit, '--yes', ...who, 'wish')).toMatch(
      /^1 error visit\.held: .*complaint-1, set by manager-1: a complaint/,
    )
  })

  test('of a time keeps that part of a visit; released, it can be erased', async () => {
    const visit = await comeAndGo('held-2')
    await hub.json('journal', 'hold', 'that-day', '--from', '2020-01-01T00:00', ...who, 'police')
    const held = await hub.json<Record<string, number>>(
      'journal',
      'erase',
      '--visit',
      visit,
      '--yes',
      ...who,
      'wish',
    )
    expect(held).toMatchObject({ bodies: 0, decisions: 0 })
    expect(held['kept']).toBeGreaterThan(0)
    expect(await complaint('journal', 'release', 'that-day', ...who, 'over')).toMatch(
      /^1 error command\.unconfirmed: .*--yes/s,
    )
    expect(await said('journal', 'release', 'that-day', '--yes', ...who, 'over')).not.toContain('that-day')
    expect(await complaint('journal', 'release', 'that-day', '--yes', ...who, 'over')).toMatch(
      /^1 error hold\.unknown/,
    )
    expect(await said('journal', 'erase', '--visit', visit, '--yes', ...who, 'wish')).toMatch(
      /went [1-9]\d* bodies of entries, [1-9]\d* decision records/,
    )
    const journal = await lastLines()
    for (const name of ['records.hold', 'records.release', 'records.erase'])
      expect(journal).toMatch(
        new RegExp(`${name.replace('.', String.raw`\.`)}.*manager-1|manager-1.*${name}`),
      )
  })

  test('that would keep nothing, everything, or what nobody knows is refused', async () => {
    expect(await complaint('journal', 'hold', 'all', ...who, 'why')).toMatch(/^2 error command\.invalid/)
    expect(await complaint('journal', 'hold', 'typo', '--visit', 'v-nope', ...who, 'why')).toMatch(
      /^1 error explain\.nothing: .*v-nope/,
    )
    expect(
      await complaint('journal', 'hold', 'back', '--from', '2026-02-01', '--to', '2026-01-01', ...who, 'why'),
    ).toMatch(/^2 error command\.invalid: .*ends before it begins/s)
    expect(await complaint('journal', 'hold', 'when', '--from', 'soon', ...who, 'why')).toMatch(/^2 /)
    expect(await complaint('journal', 'hold', 'why', '--from', '2026-02-01')).toMatch(/^2 .*--reason/s)
  })
})

describe('a visit that is erased', () => {
  test('is gone from the journal and from explanations, and the chain still verifies and counts it', async () => {
    const visit = await comeAndGo('gone-1')
    expect(await complaint('journal', 'erase', '--visit', visit, ...who, 'wish')).toMatch(
      /^1 error command\.unconfirmed: .*gone for good.*--yes/s,
    )
    expect((await hub.usher('explain', '--visit', visit)).code).toBe(0)
    expect(await said('journal', 'erase', '--visit', visit, '--yes', ...who, 'request 12')).toContain(
      `Of ${visit} went`,
    )
    expect(await complaint('explain', '--visit', visit)).toContain('error explain.nothing')
    const journal = await lastLines()
    expect(journal).not.toContain(visit)
    expect(journal).not.toContain('gone-1')
    expect(journal).toContain('request 12')
    expect(await said('journal', 'verify')).toMatch(
      /The chain holds: .* [1-9]\d* of them with an erased body/,
    )
    expect(await complaint('journal', 'erase', '--visit', visit, '--yes', ...who, 'again')).toMatch(
      /^1 error explain\.nothing/,
    )
  })

  test('must be over', async () => {
    const visit = await comeIn('inside-1')
    expect(await complaint('journal', 'erase', '--visit', visit, '--yes', ...who, 'wish')).toMatch(
      /^1 error visit\.inside/,
    )
  })
})
