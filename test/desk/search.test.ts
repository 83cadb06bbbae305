/** Looking back from the desk: by number, title, words, place and time, page by page and without a gap. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Found, SearchAnswer } from '#protocol/desk/look/search.ts'
import { addAccount, type Browser, codeOf, raise, remove, type Stage, scratch, signIn } from './support.ts'

const folder = scratch()
let stage: Stage
let boss: Browser
let noon = 0

beforeAll(async () => {
  stage = await raise(folder)
  const { lab } = stage
  await addAccount(stage, 'boss', ['manager'])
  boss = await signIn(stage, 'boss')
  await lab.bringRobot()
  await lab.event('camera-1', 'visitor.detected', { zone: 'entrance', track: 't1', direction: 'in' })
  await lab.event('tickets-1', 'ticket.issued', {
    ticket: 'A107',
    service: 'cash',
    track: 't1',
    camera: 'camera-1',
  })
  for (let number = 0; number < 120; number++)
    await lab.event('tickets-1', 'ticket.issued', { ticket: `B${100 + number}`, service: 'cash' })
  await lab.pass(3_600_000)
  noon = lab.engine.position().at
  await lab.event('tickets-1', 'ticket.called', { ticket: 'B100', counter: 'c1' })
  await lab.send({ kind: 'link', device: 'robot-1', link: 'lost' })
  await lab.pass(600_000)
})
afterAll(async () => {
  await stage.stop()
  remove(folder)
})

const ask = async (query: string): Promise<SearchAnswer> => {
  const answer = await boss.get(`/api/search?${query}`)
  if (answer.status !== 200) throw new Error(answer.text)
  return SearchAnswer.parse(JSON.parse(answer.text))
}
const names = (found: readonly Found[]) => found.map(({ kind, id }) => `${kind} ${id}`)

describe('it finds', () => {
  test('a ticket by its number, with what became of it last', async () => {
    const { found, before } = await ask('q=b100&lang=en')
    expect(names(found)).toEqual(['ticket B100'])
    expect(found[0]).toMatchObject({
      sentence: 'B100 was called to Counter 1',
      ask: { what: 'ticket', id: 'B100' },
    })
    expect(before).toBeNull()
  })

  test('a device by its title in either language, and what became of it', async () => {
    for (const q of ['小智', 'pepper']) {
      const { found } = await ask(`q=${encodeURIComponent(q)}&lang=en&kind=device`)
      expect(names(found)).toEqual(['device robot-1'])
      expect(found[0]?.title).toBe('Pepper')
    }
  })

  test('an alert by words of it, in words', async () => {
    for (const query of [`q=${encodeURIComponent('设备失联')}`, 'q=gets%20no%20new%20work', 'kind=alert']) {
      const { found } = await ask(`${query}&lang=en`)
      expect(names(found)).toContain('alert device-lost:robot-1')
      const alert = found.find(({ kind }) => kind === 'alert')
      expect(alert).toMatchObject({ title: 'Connection lost', ask: { what: 'device', id: 'robot-1' } })
      expect(alert?.sentence).toContain('Pepper does not answer')
    }
  })

  test('what was at a place, and then', async () => {
    const { found } = await ask('zone=entrance&lang=en')
    expect(found.length).toBeGreaterThan(1)
    expect(found.every(({ zone }) => zone?.title === 'Entrance')).toBe(true)
    const since = await ask(`from=${noon}&kind=ticket`)
    expect(names(since.found)).toEqual(['ticket B100'])
    const until = await ask(`to=${noon - 1}&q=B100`)
    expect(until.found[0]?.sentence).toContain('取号')
  })

  test('nothing where there is nothing, and says how far it looked', async () => {
    const { found, before, reachedAt } = await ask('q=no-such-thing')
    expect([found, before]).toEqual([[], null])
    expect(reachedAt).toBeLessThan(noon)
  })
})

test('pages follow each other without a gap and newest first', async () => {
  const all: Found[] = []
  let before: number | null = null
  let pages = 0
  do {
    const page: SearchAnswer = await ask(`kind=ticket&limit=25${before === null ? '' : `&before=${before}`}`)
    all.push(...page.found)
    before = page.before
    pages++
  } while (before !== null && pages < 20)
  expect(pages).toBeGreaterThan(4)
  expect(new Set(names(all)).size).toBe(121)
  const seqs = all.map(({ seq }) => seq)
  expect(seqs).toEqual(seqs.toSorted((a, b) => b - a))
})

test.each(['limit=0', 'limit=101', 'kind=people', 'before=0', `q=${'x'.repeat(101)}`, 'zone=A%20B'])(
  '%s is refused',
  async (query) => {
    expect(codeOf(await boss.get(`/api/search?${query}`))).toBe('request.invalid')
  },
)
