import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flows } from '#flows/index.ts'
import { parseBranchFile } from '#hub/branch/load.ts'
import { dryRun } from '#hub/dispatch/dry-run.ts'
import type { Command, EntryBody } from '#hub/engine/entry.ts'
import { createFlowSet } from '#hub/engine/flow-set.ts'
import { digestOf, openReplay } from '#hub/engine/replay.ts'
import { defaultSettings } from '#hub/engine/settings.ts'
import type { DecisionRecord } from '#hub/engine/turn.ts'
import type { Ask } from '#protocol/desk/live/ask.ts'
import type { DeviceKind } from '#protocol/device-kinds.ts'
import { branchYaml } from '../support/branch.ts'

const by = 'li'
const request = 'li.page0001.1'
const yaml = branchYaml
  .replace(
    '  - { id: camera-1,',
    '  - { id: robot-2, kind: robot, zone: waiting }\n  - { id: screen-1, kind: screen, zone: waiting }\n  - { id: camera-1,',
  )
  .replace('branch: lobby-1', 'branch: lobby-1\nmode: open')

/** The whole hub but its store and its wires: entries in, what it decided out. */
const openBranch = () => {
  const made = openReplay({ flows, settings: defaultSettings })
  let at = Date.parse('2026-03-02T01:00:00Z')
  let seq = 0
  const send = (body: EntryBody): readonly DecisionRecord[] => {
    seq += 1
    at += 1_000
    const records = made.decide({ branch: 'lobby-1', epoch: 1, seq, at, body })
    return records
  }
  const command = (asked: Command) => send({ kind: 'command', command: asked })
  const bring = (device: string, kind: DeviceKind, can: readonly string[]) => {
    send({ kind: 'presence', device, presence: { status: 'online', boot: 'b1', n: 1 } })
    const capabilities = Object.fromEntries(
      can.map((name) => [name, kind === 'screen' ? { immediate: true } : {}]),
    )
    const manifest = { kind, vendor: 'v', model: 'm', capabilities, metresPerSecond: 0.5 }
    send({ kind: 'manifest', device, manifest })
  }
  send({ kind: 'config', file: parseBranchFile(yaml), revision: 0, by: 'operator' })
  bring('robot-1', 'robot', ['greet', 'guide', 'announce', 'dock'])
  bring('robot-2', 'robot', ['greet', 'guide', 'announce', 'dock'])
  bring('screen-1', 'screen', ['display', 'promote', 'greet'])
  const look = (ask: Ask) =>
    dryRun(
      { state: made.state, flows: createFlowSet(flows), settings: defaultSettings, at: at + 1_000 },
      { ask, by },
    )
  return { ...made, send, command, look }
}

const words = { zh: '请勿吸烟。', en: 'Please do not smoke.' }
const asks: readonly Ask[] = [
  { what: 'greet', zone: 'entrance' },
  { what: 'guide', zone: 'kiosks' },
  { what: 'guide', zone: 'kiosks', member: 'person/li' },
  { what: 'announce', zone: 'waiting', words },
  { what: 'announce', zone: 'counters', words },
  { what: 'display', zone: 'waiting', words },
  { what: 'display', member: 'robot-1', words },
  { what: 'promote', zone: 'waiting', campaign: 'gold' },
  { what: 'dock', member: 'robot-1' },
]

type Branch = ReturnType<typeof openBranch>

/** What really happens when it is asked for now. */
const reallyAsk = ({ command, state }: Branch, ask: Ask) => {
  const records = command({ name: 'ask', ask, request, by })
  const tasks = [...state.tasks.values(), ...state.endedTasks.values()]
  const task = tasks.find((one) => one.instance === `request/${request}`)
  const look = records.find(({ task: id, candidates }) => id === task?.id && candidates !== undefined)
  return { task, candidates: look?.candidates ?? [] }
}

describe('a dry run', () => {
  test('says who, how soon and in which words, and leaves no trace', () => {
    const branch = openBranch()
    const before = digestOf(branch.rows)
    expect(branch.look({ what: 'guide', zone: 'kiosks', member: 'robot-1' })).toMatchObject({
      member: 'robot-1',
    })
    const shown = branch.look({ what: 'display', zone: 'waiting', words })
    expect(shown).toMatchObject({ member: 'screen-1', why: null, beginsInMs: 0 })
    expect(shown.words).toEqual([
      { language: 'zh', text: '请勿吸烟。' },
      { language: 'en', text: 'Please do not smoke.' },
    ])
    // Ten seconds for five metres, and a moment to say so.
    const led = branch.look({ what: 'greet', zone: 'waiting', member: 'robot-1' })
    expect(led).toMatchObject({ wayMs: 10_000, beginsInMs: 11_000 })
    expect(digestOf(branch.rows)).toBe(before)
  })

  test('says why nobody: told apart are what waits and what is in vain', () => {
    const branch = openBranch()
    branch.command({ name: 'device.hold', device: 'screen-1', by, untilMs: null })
    expect(branch.look({ what: 'display', zone: 'waiting', words })).toMatchObject({
      member: null,
      why: 'held',
      waits: true,
    })
    branch.command({ name: 'stop-movement', by })
    expect(branch.look({ what: 'dock', member: 'robot-1' })).toMatchObject({
      member: null,
      why: 'movement-stopped',
      waits: false,
    })
    expect(() => branch.look({ what: 'promote', zone: 'waiting', campaign: 'silver' })).toThrow(/No campaign/)
  })

  test('knows who was greeted already, and that a pause does not hold a person’s own word', () => {
    const branch = openBranch()
    branch.send({
      kind: 'event',
      device: 'camera-1',
      name: 'visitor.detected',
      data: { zone: 'entrance', track: 't1' },
    })
    const visit = branch.state.visits.keys()[0] ?? ''
    branch.state.claims.put(`greet:visit:${visit}`, {
      key: `greet:visit:${visit}`,
      kind: 'once',
      task: '',
      flow: 'greeting',
      instance: '',
      priority: 4,
      since: 0,
      until: null,
      keep: true,
    })
    expect(branch.look({ what: 'greet', visit })).toMatchObject({
      member: null,
      why: 'already-claimed',
      waits: false,
    })
    expect(reallyAsk(branch, { what: 'greet', visit }).task).toMatchObject({
      phase: 'refused',
      endReason: 'already-claimed',
    })
    branch.command({ name: 'pause', by, untilMs: null })
    expect(branch.look({ what: 'announce', zone: 'waiting', words }).member).toBe('robot-2')
  })

  test('is what then happens: the same one is asked, with the same candidates', () => {
    const trouble = fc.constantFrom<Command>(
      { name: 'device.hold', device: 'robot-1', by, untilMs: null },
      { name: 'device.out-of-service', device: 'robot-2', by },
      { name: 'device.hold', device: 'screen-1', by, untilMs: null },
      { name: 'duty', person: 'li', onDuty: false, by },
      { name: 'do-not-disturb', person: 'li', on: true, by },
      { name: 'stop-movement', by },
      { name: 'pause', by, untilMs: null },
      { name: 'mode', mode: 'closing', by },
      { name: 'ask', ask: { what: 'guide', zone: 'counters' }, request: 'li.page0001.9', by },
      { name: 'ask', ask: { what: 'announce', zone: 'waiting', words }, request: 'li.page0001.8', by },
    )
    fc.assert(
      fc.property(fc.uniqueArray(trouble, { maxLength: 5 }), fc.constantFrom(...asks), (troubles, ask) => {
        const branch = openBranch()
        for (const one of troubles) branch.command(one)
        const dry = branch.look(ask)
        const { task, candidates } = reallyAsk(branch, ask)
        expect(task).toBeDefined()
        const first = task?.attempts.at(0)?.member ?? null
        // One that must give way first is asked as soon as it has.
        if (candidates.length > 0) expect(dry.candidates).toEqual(candidates)
        if (dry.preempts === null) {
          const scoreOf = (member: string | null) =>
            dry.candidates.find((one) => one.member === member)?.score ?? null
          // Among those that are equal in everything chance decides.
          expect(scoreOf(dry.member)).toBe(scoreOf(first))
          expect(dry.member?.startsWith('person/')).toBe(first?.startsWith('person/'))
        }
        if (first === null) expect(dry.waits || dry.preempts !== null).toBe(task?.endedAt === null)
      }),
      { numRuns: 150 },
    )
  })
})

test('work asked for by hand that nobody can do calls nobody else, and is told by its own task', () => {
  const branch = openBranch()
  branch.command({ name: 'stop-movement', by })
  const { task } = reallyAsk(branch, { what: 'dock', member: 'robot-1' })
  expect(task).toMatchObject({ phase: 'refused', endReason: 'movement-stopped' })
  expect(branch.state.instances.keys().filter((id) => /^(request|assistance)\//.test(id))).toEqual([])
})

test('a task wanted once more is a new one, with the reason and the name of who wants it', () => {
  const branch = openBranch()
  branch.command({ name: 'stop-movement', by })
  const { task } = reallyAsk(branch, { what: 'dock', member: 'robot-1' })
  branch.rows.settle()
  branch.command({ name: 'allow-movement', by })
  if (task === undefined) throw new Error('no task')
  branch.command({ name: 'task.retry', task: task.id, intent: task.intent, request: 'li.page0001.2', by })
  const again = branch.state.tasks.values().find(({ instance }) => instance === 'request/li.page0001.2')
  expect(again).toMatchObject({
    phase: 'offered',
    intent: { capability: 'dock', because: { code: 'asked-again', params: { by, task: task.id } } },
  })
})
