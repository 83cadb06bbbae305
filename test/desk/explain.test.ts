/** "Why?" at the desk: told in sentences to whoever may ask. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ExplainAnswer } from '#protocol/desk/look/explain.ts'
import { addAccount, type Browser, codeOf, raise, remove, type Stage, scratch, signIn } from './support.ts'

const folder = scratch()
let stage: Stage
const browsers = new Map<string, Browser>()
/** The robot greeted the first visitor; nobody came to the second. */
const visits: string[] = []
let task = ''

beforeAll(async () => {
  stage = await raise(folder)
  const { lab } = stage
  for (const [name, role] of [
    ['boss', 'manager'],
    ['li', 'staff'],
    ['eve', 'auditor'],
  ] as const) {
    await addAccount(stage, name, [role])
    browsers.set(name, await signIn(stage, name))
  }
  await lab.send({ kind: 'command', command: { name: 'duty', person: 'li', onDuty: false, by: 'li' } })
  await lab.bringRobot()
  await lab.event('camera-1', 'visitor.detected', { zone: 'entrance', track: 't1', direction: 'in' })
  visits.push(...lab.engine.state.visits.keys())
  task = lab.engine.state.tasks.keys()[0] ?? ''
  await lab.report('robot-1', { status: 'accepted' })
  await lab.report('robot-1', { status: 'started' })
  await lab.report('robot-1', { status: 'done', result: { said: [{ language: 'zh', text: '欢迎光临' }] } })
  await lab.send({
    kind: 'command',
    command: { name: 'device.hold', device: 'robot-1', by: 'boss', untilMs: null },
  })
  await lab.pass(3_600_000)
  await lab.event('camera-1', 'visitor.detected', { zone: 'entrance', track: 't2', direction: 'in' })
  visits.push(...lab.engine.state.visits.keys().filter((id) => !visits.includes(id)))
  await lab.pass(120_000)
})
afterAll(async () => {
  await stage.stop()
  remove(folder)
})

const ask = async (query: string, name = 'boss') => {
  const answer = await (browsers.get(name) as Browser).get(`/api/explain?${query}`)
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)])
  return ExplainAnswer.parse(JSON.parse(answer.text))
}

test('happened as it should', () => {
  expect(visits).toHaveLength(2)
  expect(stage.lab.bugs).toEqual([])
})

describe('a task', () => {
  test('is told with its cause, who set the flow, who was considered, and what was said', async () => {
    const { tasks, nobody, timeZone } = await ask(`task=${task}&lang=en`)
    expect(nobody).toBeNull()
    expect(timeZone).toBe('Asia/Shanghai')
    expect(tasks).toHaveLength(1)
    expect(tasks[0]).toMatchObject({
      title: 'Greeting',
      cause: { sentence: 'camera-1 saw somebody at Entrance', isErased: false },
      because: { code: 'visitor-came-in', words: 'somebody came in' },
      flow: { id: 'greeting', title: 'Greeting', policySetByTitle: 'as shipped' },
      outcome: { phase: 'done', words: 'done', isOpen: false },
      said: [{ language: 'zh', text: '欢迎光临' }],
      attempts: [{ number: 1, member: { id: 'robot-1', title: 'Pepper', isPerson: false } }],
    })
    const [look] = tasks[0]?.looks ?? []
    expect(look?.chosen).toEqual({ id: 'robot-1', title: 'Pepper', isPerson: false })
    const chosen = look?.candidates.find(({ member }) => member.id === 'robot-1')
    expect(chosen?.score).toBeGreaterThan(0)
    expect(chosen?.parts).toContainEqual(expect.objectContaining({ name: 'distance', words: 'near' }))
    const camera = look?.candidates.find(({ member }) => member.id === 'camera-1')
    expect(camera?.score).toBeNull()
    expect(camera?.out?.words).not.toBe(camera?.out?.code)
  })

  test('is told in Chinese as well', async () => {
    const { tasks } = await ask(`task=${task}&lang=zh`)
    expect(tasks[0]).toMatchObject({
      title: '迎宾',
      cause: { sentence: 'camera-1 在入口发现有人' },
      outcome: { words: '已完成' },
      flow: { policySetByTitle: '出厂设置' },
    })
  })
})

describe('a visit', () => {
  test('to which nobody was sent says why', async () => {
    const { nobody, tasks } = await ask(`visit=${visits[1]}&lang=en`)
    expect(nobody).not.toBeNull()
    expect(nobody?.length).toBeGreaterThan(0)
    for (const { code, words, count } of nobody ?? []) {
      expect(words).not.toBe(code)
      expect(count).toBeGreaterThan(0)
    }
    const outs = tasks.flatMap(({ looks }) => looks.flatMap(({ candidates }) => candidates))
    expect(outs).toContainEqual(
      expect.objectContaining({
        member: expect.objectContaining({ id: 'robot-1' }),
        out: { code: 'held', words: 'held by a person' },
      }),
    )
  })

  test('that was greeted says nothing of nobody', async () => {
    expect((await ask(`visit=${visits[0]}`)).nobody).toBeNull()
  })
})

test('a device, and a time at a place, are told too, also to an auditor', async () => {
  const device = await ask('device=robot-1&lang=en', 'eve')
  expect(device.notes.map(({ sentence }) => sentence)).toContain('was taken by boss')
  const to = stage.lab.engine.position().at
  const there = await ask(`from=${to - 7_200_000}&to=${to}&zone=entrance`, 'eve')
  expect(there.tasks.length).toBeGreaterThan(1)
  expect(there.isCut).toBe(false)
})

describe('a ticket', () => {
  test('is asked for by its number, as it is printed', async () => {
    const { lab } = stage
    await lab.event('tickets-1', 'ticket.issued', {
      ticket: 'A107',
      service: 'cash',
      track: 't2',
      camera: 'camera-1',
    })
    const { about, notes } = await ask('ticket=A107&lang=en')
    expect(about).toEqual({ kind: 'ticket', id: 'A107' })
    expect(notes.map(({ sentence }) => sentence)).toContain('the ticket belongs to this visit')
  })
})

describe('who asks what he may not', () => {
  test('learns nothing, not even whether there is such a thing', async () => {
    const li = browsers.get('li') as Browser
    for (const query of [
      `task=${task}`,
      'task=task-9-9-9',
      `visit=${visits[0]}`,
      'device=robot-1',
      'from=0&to=1',
    ]) {
      const answer = await li.get(`/api/explain?${query}`)
      expect([answer.status, codeOf(answer)]).toEqual([403, 'role.missing'])
    }
  })

  test('is told what was asked of himself', async () => {
    const { lab } = stage
    await lab.send({ kind: 'command', command: { name: 'duty', person: 'li', onDuty: true, by: 'li' } })
    await lab.event('camera-1', 'help.requested', { zone: 'entrance' })
    const own = lab.engine.state.tasks
      .values()
      .find(({ attempts }) => attempts.at(-1)?.member === 'person/li')
    expect((await ask(`task=${own?.id}&lang=en`, 'li')).tasks[0]?.title).toBe('Call for staff')
  })
})

test.each([
  ['', 'request.invalid'],
  ['task=task-1-1-0&visit=visit-1-1-0', 'request.invalid'],
  ['from=5', 'request.invalid'],
  ['from=5&to=4', 'request.invalid'],
  ['from=0&to=86400001', 'request.invalid'],
  ['zone=entrance', 'request.invalid'],
  ['task=Robert%27%3B--', 'request.invalid'],
  ['task=task-9-9-9', 'explain.nothing'],
])('%j is answered with %s', async (query, code) => {
  expect(codeOf(await (browsers.get('boss') as Browser).get(`/api/explain?${query}`))).toBe(code)
})
