import { describe, expect, test } from 'vitest'
import { requestInstance, requestKey } from '#hub/branch/asked.ts'
import { parseBranchFile } from '#hub/branch/load.ts'
import { refuse } from '#hub/branch/refusals.ts'
import { retryOf } from '#hub/dispatch/retry.ts'
import type { Command } from '#hub/engine/entry.ts'
import type { AskedWork } from '#protocol/desk/live/ask.ts'
import type { Manifest } from '#protocol/messages.ts'
import { taskIntent } from '../dispatch/support.ts'
import { branchYaml, createTestBranch, type TestBranch } from '../support/branch.ts'

const by = 'li'
const request = 'li.page0001.1'
const ask = (wanted: AskedWork): Command => ({ name: 'ask', ask: wanted, request, by })
const refusal = (branch: TestBranch, command: Command) =>
  refuse(branch.state, { body: { kind: 'command', command } })
const words = { en: 'Please step forward.' }

const visited = (branch: TestBranch) => {
  branch.event('camera-1', 'visitor.detected', { zone: 'entrance', track: 't1' })
  return branch.view().visits()[0]?.id ?? ''
}

describe('what is asked for by hand is looked up before it becomes an entry', () => {
  test.each<[AskedWork, string]>([
    [{ what: 'greet', visit: 'visit-1-9-0' }, 'visit.unknown'],
    [{ what: 'greet', ticket: 'A9' }, 'ticket.unknown'],
    [{ what: 'greet', zone: 'cellar' }, 'zone.unknown'],
    [{ what: 'greet', zone: 'entrance', member: 'robot-9' }, 'device.unknown'],
    [{ what: 'greet', zone: 'entrance', member: 'person/nobody' }, 'person.unknown'],
    [{ what: 'guide', place: 'nowhere' }, 'place.unknown'],
    [{ what: 'guide', counter: 'c9' }, 'counter.unknown'],
    [{ what: 'guide', kiosk: 'robot-1' }, 'device.unknown'],
    [{ what: 'promote', zone: 'waiting', campaign: 'silver' }, 'campaign.unknown'],
    [{ what: 'greet' }, 'ask.incomplete'],
    [{ what: 'guide' }, 'ask.incomplete'],
    [{ what: 'announce', zone: 'waiting' }, 'ask.incomplete'],
    [{ what: 'announce', words }, 'ask.incomplete'],
    [{ what: 'display', zone: 'waiting', words: {} }, 'ask.incomplete'],
    [{ what: 'promote', zone: 'waiting' }, 'ask.incomplete'],
  ])('%o is refused: %s', (wanted, code) => {
    const branch = createTestBranch()
    expect(refusal(branch, ask(wanted))?.code).toBe(code)
    // Decided all the same, as in a replay under other rules: nothing begins.
    branch.command(ask(wanted))
    expect(branch.told('work.asked')).toEqual([])
  })

  test('nothing is asked of a device that is not there, or cannot do it, or for something that nobody named', () => {
    const branch = createTestBranch()
    const remote = { what: 'remote', member: 'robot-1', action: 'identify' } as const
    const why = (wanted: AskedWork) => {
      const { code, detail } = refusal(branch, ask(wanted)) ?? {}
      return [code, detail]
    }
    expect(why({ ...remote, member: 'robot-9' })).toEqual(['device.unknown', 'robot-9'])
    expect(why({ ...remote, member: 'person/li' })).toEqual(['device.unknown', 'person/li'])
    expect(why({ what: 'remote', action: 'identify' })[0]).toBe('ask.incomplete')
    expect(why({ what: 'remote', member: 'robot-1' })[0]).toBe('ask.incomplete')
    expect(why(remote)).toEqual(['task.not-eligible', 'robot-1: link-unknown'])
    branch.send({ kind: 'presence', device: 'robot-1', presence: { status: 'online', boot: 'b1' } })
    const lacking = ['task.not-eligible', expect.stringContaining('has no x-usher-identify')]
    expect(why(remote)).toEqual(lacking)
    const manifest = { kind: 'robot', vendor: 'Acme', model: 'R1' } as const
    const says = (capabilities: Manifest['capabilities']) =>
      branch.send({ kind: 'manifest', device: 'robot-1', manifest: { ...manifest, capabilities } })
    says({ greet: {} })
    expect(why(remote)).toEqual(lacking)
    says({ 'x-usher-identify': {} })
    expect(why(remote)).toEqual([undefined, undefined])
  })

  test('in an emergency, with the flow off, or twice under one name, nothing is asked for', () => {
    const branch = createTestBranch()
    const wanted = ask({ what: 'announce', zone: 'waiting', words })
    expect(refusal(branch, wanted)).toBeUndefined()
    branch.command({ name: 'mode', mode: 'emergency', by })
    expect(refusal(branch, wanted)?.code).toBe('mode.emergency')
    branch.command({ name: 'end-emergency', by })
    branch.state.instances.put(requestInstance(request), { id: requestInstance(request) } as never)
    expect(refusal(branch, wanted)?.code).toBe('ask.repeated')
    branch.state.instances.drop(requestInstance(request))
    branch.command({ name: 'flow.set', flow: 'request', autonomy: 'off', policy: null, revision: 0, by })
    expect(refusal(branch, wanted)?.code).toBe('flow.off')
  })

  test('a pause does not keep a person from asking', () => {
    const branch = createTestBranch()
    branch.command({ name: 'pause', by, untilMs: null })
    expect(refusal(branch, ask({ what: 'announce', zone: 'waiting', words }))).toBeUndefined()
  })
})

describe('what is known of whom and where goes with it', () => {
  const told = (branch: TestBranch, wanted: AskedWork) => {
    branch.command(ask(wanted))
    return branch.told('work.asked').at(-1)
  }

  test('a visitor is greeted and led from where they are', () => {
    const branch = createTestBranch()
    const visit = visited(branch)
    expect(told(branch, { what: 'greet', visit })).toMatchObject({
      visit,
      zone: 'entrance',
      party: 1,
      by,
      request,
    })
    expect(told(branch, { what: 'guide', visit, kiosk: 'kiosk-1' })).toMatchObject({
      zone: 'entrance',
      to: { zone: 'kiosks' },
    })
    expect(told(branch, { what: 'guide', visit, counter: 'c1' })?.to).toEqual({ zone: 'counters' })
    branch.event('tickets-1', 'ticket.issued', { ticket: 'A1', service: 'cash' })
    branch.command({ name: 'visit.known', visit, ticket: 'A1', by })
    expect(told(branch, { what: 'guide', ticket: 'A1', place: 'exit-way' })).toMatchObject({
      visit,
      ticket: 'A1',
      to: { place: 'exit-way', zone: 'waiting' },
    })
  })

  test('a counter is asked for by its name, where it stands, and not without one', () => {
    const branch = createTestBranch()
    expect(told(branch, { what: 'open-counter', counter: 'c2', member: 'person/wang' })).toMatchObject({
      counter: 'c2',
      zone: 'counters',
      to: null,
      member: 'person/wang',
    })
    expect(told(branch, { what: 'greet', zone: 'entrance', counter: 'c2' })).not.toHaveProperty('counter')
    const command = { name: 'ask', ask: { what: 'open-counter' }, request, by } as const
    expect(refusal(branch, command)?.code).toBe('ask.incomplete')
  })

  test('what a device is to do to itself goes with what belongs to it, and with nothing else', () => {
    const branch = createTestBranch()
    branch.send({ kind: 'presence', device: 'kiosk-1', presence: { status: 'online', boot: 'b1' } })
    const capabilities = { 'x-usher-volume': {}, 'x-usher-reload': {} }
    const manifest = { kind: 'kiosk', vendor: 'Acme', model: 'K1', capabilities } as const
    branch.send({ kind: 'manifest', device: 'kiosk-1', manifest })
    const wanted = { what: 'remote', member: 'kiosk-1', percent: 30, anyway: true } as const
    expect(told(branch, { ...wanted, action: 'volume' })).toMatchObject({
      member: 'kiosk-1',
      zone: 'kiosks',
      remote: { action: 'volume', percent: 30 },
    })
    expect(told(branch, { ...wanted, action: 'reload' })?.remote).toEqual({ action: 'reload', anyway: true })
    expect(told(branch, { what: 'display', member: 'kiosk-1', words })).not.toHaveProperty('remote')
  })

  test('a robot goes to a charger where no place was said, and a named screen is where it stands', () => {
    const branch = createTestBranch()
    expect(told(branch, { what: 'dock', member: 'robot-1' })).toMatchObject({
      to: { place: 'charger-1', zone: 'entrance' },
      charge: true,
    })
    expect(told(branch, { what: 'dock', place: 'exit-way' })).toMatchObject({
      to: { place: 'exit-way', zone: 'waiting' },
      charge: false,
    })
    expect(told(branch, { what: 'display', member: 'kiosk-1', words })?.zone).toBe('kiosks')
  })
})

describe('once more', () => {
  const intent = taskIntent({ capability: 'guide', subject: { zone: 'entrance' } })
  const ended = (phase: Parameters<typeof retryOf>[0]['phase']) => ({ id: 'task-1-1-0', phase, intent })

  test('is for what was not done; what was, or may have been, is not', () => {
    for (const phase of ['failed', 'refused', 'expired', 'cancelled'] as const)
      expect(retryOf(ended(phase), { request, by })).toMatchObject({ name: 'task.retry', intent })
    for (const phase of ['done', 'unknown'] as const)
      expect(() => retryOf(ended(phase), { request, by })).toThrow(/not done again/)
    expect(() => retryOf(ended('queued'), { request, by })).toThrow(/still under way/)
  })

  test('is told as it was wanted, and refused where what it is about is gone', () => {
    const branch = createTestBranch()
    const again = retryOf(ended('failed'), { request, by })
    expect(refusal(branch, again)).toBeUndefined()
    branch.command(again)
    expect(branch.told('work.asked-again')).toEqual([
      { type: 'work.asked-again', request, by, task: 'task-1-1-0', intent },
    ])
    const gone = { ...again, intent: { ...intent, subject: { visit: 'visit-1-9-0' } } }
    expect(refusal(branch, gone)?.code).toBe('visit.unknown')
    branch.state.tasks.put('task-1-1-0', {} as never)
    expect(refusal(branch, again)?.code).toBe('task.open')
  })
})

test('the name of a request is that of the call, whoever sends it again', () => {
  expect(requestKey('li', { boot: 'page0001', n: 7 })).toBe('li.page0001.7')
  expect(requestKey('li', { boot: 'page0001', n: 7 })).not.toBe(
    requestKey('wang', { boot: 'page0001', n: 7 }),
  )
})

describe('a campaign', () => {
  const off: Command = { name: 'campaign.set', campaign: 'gold', on: false, by }
  const apply = (branch: TestBranch, yaml: string, revision: number) =>
    branch.send({ kind: 'config', file: parseBranchFile(yaml), revision, by: 'operator' })

  test('is switched off and on, on record, and refused where there is none', () => {
    const branch = createTestBranch()
    branch.command(off)
    branch.command(off)
    expect(branch.state.campaigns.get('gold')?.on).toBe(false)
    expect(refusal(branch, ask({ what: 'promote', campaign: 'gold', zone: 'waiting' }))?.code).toBe(
      'campaign.off',
    )
    branch.command({ ...off, on: true })
    expect(branch.state.campaigns.get('gold')?.on).toBe(true)
    const codes = branch.decisions.map(({ code }) => code).filter((code) => code.startsWith('campaign.'))
    expect(codes).toEqual(['campaign.off', 'campaign.on'])
    expect(refusal(branch, { ...off, campaign: 'silver' })?.code).toBe('campaign.unknown')
  })

  test('stays off when the branch file is read again, until the file changes that campaign', () => {
    const branch = createTestBranch()
    branch.command(off)
    apply(branch, branchYaml.replace('title: Test branch', 'title: Another'), 1)
    expect(branch.state.campaigns.get('gold')?.on).toBe(false)
    apply(branch, branchYaml.replace('en: Gold', 'en: New gold'), 2)
    expect(branch.state.campaigns.get('gold')?.on).not.toBe(false)
  })
})
