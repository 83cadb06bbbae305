import { describe, expect, it } from 'vitest'
import { request } from '#flows/request/flow.ts'
import { asked, deposit, failed, requestKey, type WorkAsked } from '#flows/request/samples.ts'
import type { Fact } from '#protocol/flow-events.ts'
import type { TaskIntent } from '#protocol/intents.ts'
import { describeFlow } from '../kit/describe-flow.ts'
import { runFlow } from '../kit/run-flow.ts'
import { requestProof } from './proof.ts'

describeFlow(request, requestProof)

const start = (fact: Fact) => {
  const run = runFlow(request, { key: requestKey, rows: {} })
  const wanted = run.tell(fact)
  return { run, wanted, task: wanted.find((one): one is TaskIntent => one.type === 'task') }
}
const want = (what: WorkAsked['what'], change: Partial<WorkAsked> = {}) => start(asked(what, change))
const ended = { ref: 'work', task: 't1' } as const

describe('work asked for by hand', () => {
  it('is one task, under the name of who asked, above the flows and below help', () => {
    const { task, wanted } = want('guide', { visit: 'v1', to: { zone: 'kiosks' }, note: 'slowly' })
    expect(wanted).toHaveLength(1)
    expect(task).toMatchObject({
      capability: 'guide',
      priority: 6,
      command: { visit: 'v1', from: { zone: 'hall' }, to: { zone: 'kiosks' } },
      subject: { visit: 'v1', zone: 'hall' },
      claims: [{ key: 'attention:visit:v1', kind: 'lease' }],
      because: { code: 'asked-by-hand', params: { by: 'ann', note: 'slowly' } },
    })
  })

  it('is for whoever is best, a person where no device can, or for the named one alone', () => {
    expect(want('greet').task?.who).toMatchObject({ members: 'any', devicesFirst: true })
    expect(want('greet', { member: 'robot-2' }).task?.who).toEqual({
      members: 'devices',
      only: ['robot-2'],
      nearZone: 'hall',
    })
    expect(want('guide', { member: 'person/li' }).task?.who).toEqual({
      members: 'people',
      only: ['li'],
      nearZone: 'hall',
    })
  })

  it('asks for a counter once, whoever asks, and only of whom was named or may be in it', () => {
    expect(want('open-counter', { counter: 'c4', member: 'person/li' }).task).toMatchObject({
      capability: 'call-staff',
      command: { at: { zone: 'hall' }, reason: 'open-counter' },
      subject: { counter: 'c4' },
      who: { members: 'people', only: ['li'] },
      claims: [{ key: 'open-counter:c4', kind: 'lease' }],
    })
    expect(want('open-counter', { counter: 'c4' }).task?.who).toMatchObject({ roles: ['manager', 'teller'] })
  })

  it('asks one device to do something to itself, once and soon, and lets nobody wait for it', () => {
    const remote = { action: 'volume', percent: 30 } as const
    expect(want('remote', { member: 'screen-1', remote }).task).toMatchObject({
      capability: 'x-usher-volume',
      command: { percent: 30 },
      subject: { device: 'screen-1' },
      who: { members: 'devices', only: ['screen-1'] },
      claims: [{ key: 'remote:device:screen-1', kind: 'lease' }],
      expiresInMs: 15_000,
      runWithinMs: 20_000,
      attemptsMax: 1,
    })
  })

  it('greets nobody twice: the once-claim of the visit goes with it', () => {
    expect(want('greet', { visit: 'v1' }).task?.claims).toEqual([
      { key: 'greet:visit:v1', kind: 'once' },
      { key: 'attention:visit:v1', kind: 'lease' },
    ])
  })

  it('says and shows the person’s words in the languages of the branch, and greets in the visitor’s', () => {
    const words = { zh: '请勿吸烟。', en: 'Please do not smoke.', fr: 'Ne fumez pas.' }
    expect(want('announce', { words }).task?.command).toEqual({
      at: { zone: 'hall' },
      words: [
        { language: 'zh', text: '请勿吸烟。' },
        { language: 'en', text: 'Please do not smoke.' },
      ],
    })
    expect(want('display', { words, forMs: 5_000 }).task).toMatchObject({
      command: { showForMs: 5_000, content: { template: 'plain' } },
      who: { zones: ['hall'] },
    })
    expect(want('greet', { language: 'en' }).task?.command['words']).toEqual([
      { language: 'en', text: 'Hello, welcome.' },
    ])
  })

  it('promotes within the rules: what needs a person is a person’s, and its play is on record', () => {
    expect(want('promote', { campaign: { ...deposit, needsPerson: true } }).task?.who.members).toBe('people')
    const { run } = want('promote', { campaign: deposit, visit: 'v1' })
    expect(run.tell({ type: 'task.started', ...ended, member: 'screen-1' })).toEqual([])
    expect(run.tell({ type: 'task.done', ...ended, member: 'screen-1', result: {} })).toEqual([
      { type: 'played', campaign: 'deposit', visit: 'v1' },
    ])
    expect(run.ended).toBe(true)
  })

  it('calls an expert, and is over', () => {
    const { run, wanted } = want('expert', { visit: 'v1' })
    expect(wanted).toEqual([
      { type: 'escalate', by: 'ann', reason: 'asked-by-hand', subject: { visit: 'v1', zone: 'hall' } },
    ])
    expect(run.ended).toBe(true)
  })

  it('ends with its task, whatever became of it, and wants nothing more', () => {
    for (const type of ['task.refused', 'task.cancelled', 'task.expired'] as const) {
      const { run } = want('announce', { words: { en: 'Hello' } })
      expect(run.tell({ type, ...ended, reason: 'x' })).toEqual([])
      expect(run.ended).toBe(true)
    }
  })
})

it('wants once more what was not done, as it was wanted, and keeps no lease beyond the task', () => {
  const { task } = start({
    type: 'work.asked-again',
    request: requestKey,
    by: 'ann',
    task: 'task-1-9-0',
    intent: failed,
  })
  expect(task).toEqual({
    ...failed,
    ref: 'work',
    priority: 6,
    claims: [
      { key: 'attention:visit:v1', kind: 'lease' },
      { key: 'kiosk:k1', kind: 'lease', leaseMs: 60_000 },
    ],
    because: { code: 'asked-again', params: { by: 'ann', task: 'task-1-9-0' } },
  })
})

it('is a person’s own word: never paused, and only an emergency stops it', () => {
  expect(request.pausable).toBe(false)
  expect(Object.entries(request.modes).filter(([, behaviour]) => behaviour !== 'run')).toEqual([
    ['emergency', 'stop'],
  ])
})
