import { describe, expect, test } from 'vitest'
import type { DeviceConfig, DeviceState, Manifest } from '#protocol/messages.ts'
import { branchYaml, createTestBranch } from '../support/branch.ts'

type Branch = ReturnType<typeof createTestBranch>

type Status = 'online' | 'offline' | 'lost' | 'updating'

const presence = (branch: Branch, device: string, status: Status) =>
  branch.send({ kind: 'presence', device, presence: { status, boot: 'b1' } })

const state = (branch: Branch, device: string, said: DeviceState) =>
  branch.send({ kind: 'state', device, state: said })

const device = (branch: Branch, id: string) => {
  const row = branch.view().device(id)
  if (row === undefined) throw new Error(id)
  return row
}

const robot: Manifest = {
  kind: 'robot',
  vendor: 'Acme',
  model: 'R1',
  capabilities: { greet: {}, guide: {} },
  builtIn: [{ behaviour: 'greet', switchable: true }],
}

const config = (branch: Branch, id: string): DeviceConfig =>
  JSON.parse(branch.state.outbox.get(`config/${id}`)?.payload ?? 'null') as DeviceConfig

describe('link', () => {
  test('tells changes only, and keeps orderly apart from broken', () => {
    const branch = createTestBranch()
    presence(branch, 'robot-1', 'online')
    presence(branch, 'robot-1', 'online')
    presence(branch, 'robot-1', 'offline')
    branch.send({ kind: 'link', device: 'robot-1', link: 'lost' })
    expect(device(branch, 'robot-1').link).toBe('offline')
    presence(branch, 'robot-1', 'online')
    presence(branch, 'robot-1', 'lost')
    branch.send({ kind: 'link', device: 'robot-1', link: 'lost' })
    expect(branch.told('device.link').map((fact) => [fact.was, fact.link])).toEqual([
      ['unknown', 'online'],
      ['online', 'offline'],
      ['offline', 'online'],
      ['online', 'lost'],
    ])
  })

  test('after a restart nothing is known until the device speaks; a connection alone is no birth', () => {
    const branch = createTestBranch()
    presence(branch, 'robot-1', 'online')
    presence(branch, 'camera-1', 'offline')
    branch.send({ kind: 'start', versions: { hub: '1', xstate: '5', flows: {} }, reason: 'restart' })
    expect(device(branch, 'robot-1').link).toBe('unknown')
    expect(device(branch, 'camera-1').link).toBe('offline')
    branch.send({ kind: 'link', device: 'robot-1', link: 'online' })
    expect(device(branch, 'robot-1').link).toBe('unknown')
    presence(branch, 'robot-1', 'online')
    expect(device(branch, 'robot-1').link).toBe('online')
  })

  test('a gateway that is lost takes its devices with it; each comes back by its own word', () => {
    const branch = createTestBranch()
    presence(branch, 'gateway-1', 'online')
    presence(branch, 'kiosk-1', 'online')
    branch.send({ kind: 'link', device: 'gateway-1', link: 'lost' })
    expect(device(branch, 'kiosk-1').link).toBe('lost')
    presence(branch, 'gateway-1', 'online')
    expect(device(branch, 'kiosk-1').link).toBe('lost')
  })

  test('a device that asked for no work is willing again after a start of its own', () => {
    const branch = createTestBranch()
    presence(branch, 'robot-1', 'online')
    state(branch, 'robot-1', { willing: false, busy: true })
    presence(branch, 'robot-1', 'online')
    expect(device(branch, 'robot-1').state).toEqual({ willing: false, busy: true })
    branch.send({ kind: 'presence', device: 'robot-1', presence: { status: 'online', boot: 'b2' } })
    expect(device(branch, 'robot-1').state).toEqual({ busy: true })
  })

  test('updating is an announced absence, and a new boot forgets who used it', () => {
    const branch = createTestBranch()
    presence(branch, 'kiosk-1', 'online')
    branch.event('kiosk-1', 'kiosk.session', { state: 'started', service: 'cards' })
    presence(branch, 'kiosk-1', 'updating')
    expect(device(branch, 'kiosk-1')).toMatchObject({ link: 'offline', health: 'updating' })
    branch.send({ kind: 'presence', device: 'kiosk-1', presence: { status: 'online', boot: 'b2' } })
    expect(device(branch, 'kiosk-1')).toMatchObject({
      link: 'online',
      health: 'ok',
      boot: 'b2',
      session: null,
    })
  })

  test('a device that is not declared is a coded problem', () => {
    const branch = createTestBranch()
    presence(branch, 'robot-9', 'online')
    expect(branch.decisions.at(-1)).toMatchObject({ code: 'device.unknown', device: 'robot-9' })
    expect(branch.view().device('robot-9')).toBeUndefined()
  })
})

describe('state', () => {
  test('health is told with its reasons on a change only', () => {
    const branch = createTestBranch()
    const fault = { health: { level: 'faulted' as const, reasons: ['motor'] } }
    state(branch, 'robot-1', fault)
    state(branch, 'robot-1', fault)
    state(branch, 'robot-1', { battery: { percent: 50, charging: false } })
    expect(branch.told('device.health')).toHaveLength(1)
    expect(device(branch, 'robot-1')).toMatchObject({ health: 'faulted', healthReasons: ['motor'] })
  })

  test('partial news keeps what was said before; a pose alone is not news', () => {
    const branch = createTestBranch()
    state(branch, 'robot-1', { battery: { percent: 50, charging: false } })
    state(branch, 'robot-1', { spot: { zone: 'waiting' }, busy: true })
    const row = device(branch, 'robot-1')
    expect(row).toMatchObject({ zone: 'waiting', battery: { percent: 50 }, state: { busy: true } })
    const before = branch.told('device.state').length
    state(branch, 'robot-1', { spot: { zone: 'waiting', pose: { map: 'm', x: 1, y: 2 } } })
    state(branch, 'robot-1', { battery: { percent: 50.2, charging: false } })
    expect(branch.told('device.state')).toHaveLength(before)
  })

  test('blocked and keep-clear: since when, told on a change, also by the place it stands on', () => {
    const branch = createTestBranch()
    state(branch, 'robot-1', { blocked: true })
    const since = device(branch, 'robot-1').blockedSince
    branch.advance(5_000)
    state(branch, 'robot-1', { blocked: true })
    expect(device(branch, 'robot-1').blockedSince).toBe(since)
    state(branch, 'robot-1', { blocked: false, spot: { place: 'exit-way' } })
    expect(device(branch, 'robot-1')).toMatchObject({
      zone: 'waiting',
      blockedSince: null,
      inKeepClearSince: branch.at(),
    })
    state(branch, 'robot-1', { spot: { place: 'charger-1' } })
    expect(device(branch, 'robot-1').inKeepClearSince).toBeNull()
    expect(branch.told('device.stuck').map((fact) => [fact.blocked, fact.inKeepClear])).toEqual([
      [true, false],
      [false, true],
      [false, false],
    ])
  })

  test('a device’s own unwillingness is told', () => {
    const branch = createTestBranch()
    state(branch, 'robot-1', { willing: false })
    state(branch, 'robot-1', { willing: false })
    expect(branch.told('device.willingness')).toHaveLength(1)
  })
})

describe('willingness', () => {
  test('held by a person until a time, then open again', () => {
    const branch = createTestBranch()
    branch.command({ name: 'device.hold', device: 'robot-1', by: 'li', untilMs: 60_000 })
    expect(device(branch, 'robot-1')).toMatchObject({ willingness: 'held', willingnessBy: 'li' })
    branch.advance(59_999)
    expect(device(branch, 'robot-1').willingness).toBe('held')
    branch.advance(1)
    expect(device(branch, 'robot-1').willingness).toBe('open')
    expect(branch.told('device.willingness')).toHaveLength(2)
  })

  test('released early, the end of the hold does nothing; held again, the old end neither', () => {
    const branch = createTestBranch()
    branch.command({ name: 'device.hold', device: 'robot-1', by: 'li', untilMs: 60_000 })
    branch.command({ name: 'device.release', device: 'robot-1', by: 'li' })
    branch.command({ name: 'device.out-of-service', device: 'robot-1', by: 'li' })
    branch.advance(120_000)
    expect(device(branch, 'robot-1').willingness).toBe('out-of-service')
  })
})

describe('the config message', () => {
  test('says mode, movement, settings, and switches off what the hub does itself', () => {
    const branch = createTestBranch()
    branch.send({ kind: 'manifest', device: 'robot-1', manifest: robot })
    expect(config(branch, 'robot-1')).toEqual({
      epoch: 1,
      revision: 2,
      mode: 'open',
      movement: 'allowed',
      builtIn: { greet: 'off' },
      settings: { volume: 3 },
    })
    const row = branch.state.outbox.get('config/robot-1')
    expect(row).toMatchObject({ kind: 'config', retain: true, topic: 'usher/v1/test/robot-1/config' })
  })

  test('its revision rises only when the content changed; a start sends it again as it is', () => {
    const branch = createTestBranch()
    expect(config(branch, 'camera-1').revision).toBe(1)
    branch.command({ name: 'stop-movement', by: 'li' })
    branch.command({ name: 'stop-movement', by: 'li' })
    expect(config(branch, 'camera-1')).toMatchObject({ revision: 2, movement: 'stopped' })
    branch.command({ name: 'mode', mode: 'closing', by: 'li' })
    expect(config(branch, 'camera-1')).toMatchObject({ revision: 3, mode: 'closing' })
    branch.state.outbox.drop('config/camera-1')
    presence(branch, 'camera-1', 'online')
    expect(branch.state.outbox.has('config/camera-1')).toBe(false)
    branch.send({ kind: 'start', versions: { hub: '1', xstate: '5', flows: {} }, reason: 'restart' })
    expect(config(branch, 'camera-1').revision).toBe(3)
  })

  test('a behaviour stays on where the branch file says so', () => {
    const branch = createTestBranch({
      yaml: branchYaml.replace('settings: { volume: 3 }', 'builtIn: { greet: on }'),
    })
    branch.send({ kind: 'manifest', device: 'robot-1', manifest: robot })
    expect(config(branch, 'robot-1').builtIn).toEqual({ greet: 'on' })
  })
})

describe('the manifest', () => {
  test('is narrowed to what the branch file lets the device be asked for', () => {
    const branch = createTestBranch({
      yaml: branchYaml.replace('settings: { volume: 3 }', 'capabilities: [greet]'),
    })
    branch.send({ kind: 'manifest', device: 'robot-1', manifest: { ...robot, boot: 'b1', n: 3 } })
    const row = device(branch, 'robot-1').manifest
    expect(Object.keys(row?.capabilities ?? {})).toEqual(['greet'])
    expect(row).not.toHaveProperty('boot')
    expect(branch.decisions.some((one) => one.code === 'device.kind-differs')).toBe(false)
    branch.send({ kind: 'manifest', device: 'robot-1', manifest: { ...robot, kind: 'screen' } })
    expect(branch.decisions.at(-1)?.code).toBe('device.kind-differs')
  })
})

describe('after the hub was away', () => {
  const births = (branch: ReturnType<typeof createTestBranch>) => {
    branch.send({ kind: 'presence', device: 'robot-1', presence: { status: 'online', boot: 'b' } })
    branch.send({ kind: 'presence', device: 'camera-1', presence: { status: 'online', boot: 'b' } })
  }
  const links = (branch: ReturnType<typeof createTestBranch>) =>
    ['robot-1', 'camera-1', 'camera-2'].map((device) => branch.view().device(device)?.link)

  test('nothing is known of a device until it speaks; who does not come back is lost, who never came is not there', () => {
    const branch = createTestBranch()
    births(branch)
    branch.restart(60_000)
    expect(links(branch)).toEqual(['unknown', 'unknown', 'unknown'])
    branch.send({ kind: 'presence', device: 'camera-1', presence: { status: 'online', boot: 'b' } })
    branch.advance(29_999)
    expect(links(branch)).toEqual(['unknown', 'online', 'unknown'])
    branch.advance(1)
    expect(links(branch)).toEqual(['lost', 'online', 'offline'])
  })

  test('a second restart does not make a lost device one that never came', () => {
    const branch = createTestBranch()
    births(branch)
    branch.restart(1_000)
    branch.restart(1_000)
    branch.advance(60_000)
    expect(links(branch)[0]).toBe('lost')
  })
})
