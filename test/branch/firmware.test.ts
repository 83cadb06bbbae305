/** Firmware on probation, and the absence a device announces for an update. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseBranchFile } from '#hub/branch/load.ts'
import { refuse } from '#hub/branch/refusals.ts'
import type { Command } from '#hub/engine/entry.ts'
import { sayReason } from '#hub/look/words/reason-words.ts'
import type { Manifest, Presence } from '#protocol/messages.ts'
import { type FirmwareRow, mayBeThere } from '#protocol/model.ts'
import { branchYaml, createTestBranch } from '../support/branch.ts'

type Branch = ReturnType<typeof createTestBranch>

const says = (
  branch: Branch,
  firmware?: string,
  { device = 'robot-1', ...rest }: Partial<Manifest> & { device?: string } = {},
) =>
  branch.send({
    kind: 'manifest',
    device,
    manifest: {
      kind: 'robot',
      vendor: 'Acme',
      model: 'R1',
      capabilities: { greet: {} },
      ...(firmware !== undefined && { firmware }),
      ...rest,
    },
  })

const presence = (branch: Branch, said: Presence, device = 'robot-1') =>
  branch.send({ kind: 'presence', device, presence: { boot: 'b1', ...said } })

const row = (branch: Branch, device = 'robot-1') => {
  const found = branch.view().device(device)
  if (found === undefined) throw new Error(device)
  return found
}
const firmware = (branch: Branch, device = 'robot-1') => row(branch, device).firmware

type Judge = Extract<Command, { name: 'firmware.judge' }>
const judgement = (change: Partial<Judge> = {}): Judge => ({
  name: 'firmware.judge',
  verdict: 'approved',
  device: 'robot-1',
  model: 'R1',
  firmware: '2.0',
  by: 'mei',
  ...change,
})

const refusal = (branch: Branch, change: Partial<Judge>) =>
  refuse(branch.state, { body: { kind: 'command', command: judgement(change) } })?.code

describe('new firmware', () => {
  test('is on probation from the change on; the first sight of it is not', () => {
    const branch = createTestBranch()
    says(branch, '1.0')
    expect(firmware(branch)).toMatchObject({ version: '1.0', standing: 'known', was: null })
    expect(branch.decisions.filter(({ code }) => code === 'firmware.changed')).toEqual([])
    says(branch, '2.0')
    expect(firmware(branch)).toMatchObject({
      version: '2.0',
      standing: 'probation',
      was: { vendor: 'Acme', model: 'R1', version: '1.0' },
    })
    expect(branch.decisions.filter(({ code }) => code === 'firmware.changed')).toMatchObject([
      { device: 'robot-1', params: { firmware: '2.0', wasFirmware: '1.0', standing: 'probation' } },
    ])
  })

  test('goes back to firmware that was trusted without probation, and forth with it', () => {
    const branch = createTestBranch()
    for (const version of ['1.0', '2.0', '1.0']) says(branch, version)
    expect(firmware(branch)?.standing).toBe('known')
    says(branch, '2.0')
    expect(firmware(branch)?.standing).toBe('probation')
  })

  test('cannot be hidden: silence about it changes nothing, another machine under the name is a change', () => {
    const branch = createTestBranch()
    for (const version of ['1.0', undefined, '2.0', undefined]) says(branch, version)
    expect(firmware(branch)).toMatchObject({ version: '2.0', standing: 'probation' })
    branch.command(judgement())
    says(branch, '2.0', { model: 'R2' })
    expect(firmware(branch)).toMatchObject({ model: 'R2', version: '2.0', standing: 'probation' })
  })

  test('a device known from before firmware was watched is not trusted blindly', () => {
    const branch = createTestBranch()
    says(branch, '1.0')
    const { firmware: _firmware, ...older } = row(branch)
    branch.state.devices.put('robot-1', older)
    branch.state.meta.drop('firmware/robot-1')
    says(branch, '2.0')
    expect(firmware(branch)?.standing).toBe('probation')
    says(branch, '1.0')
    expect(firmware(branch)?.standing).toBe('known')
  })

  test('is approved or declined by a person, by name, and only as what it still is', () => {
    const branch = createTestBranch()
    says(branch, '1.0')
    expect(refusal(branch, { firmware: '1.0' })).toBe('firmware.judged')
    expect(refusal(branch, { device: 'camera-1' })).toBe('firmware.unsaid')
    expect(refusal(branch, { device: 'nobody' })).toBe('device.unknown')
    says(branch, '2.0')
    expect(refusal(branch, { firmware: '1.9' })).toBe('firmware.other')
    expect(refusal(branch, {})).toBeUndefined()
    const turn = branch.command(judgement())
    expect(turn.stirred()).toBe(true)
    expect(firmware(branch)).toMatchObject({ standing: 'approved', by: 'mei' })
    expect(turn.decisions.filter(({ kind }) => kind === 'device')).toMatchObject([
      { device: 'robot-1', code: 'firmware.approved', params: { by: 'mei', firmware: '2.0' } },
    ])
    expect(refusal(branch, { verdict: 'declined' })).toBeUndefined()
    branch.command(judgement({ verdict: 'declined', by: 'bo' }))
    expect(firmware(branch)).toMatchObject({ standing: 'declined', by: 'bo' })
    for (const version of ['1.0', '2.0']) says(branch, version)
    expect(firmware(branch)?.standing).toBe('declined')
  })

  test('comes back with its own standing, not in the name of whoever judged its model', () => {
    const branch = createTestBranch()
    for (const version of ['1.0', '2.0']) says(branch, version)
    branch.command(judgement({ device: null, verdict: 'declined', by: 'bo' }))
    branch.command(judgement({ by: 'mei' }))
    for (const version of ['1.0', '2.0']) says(branch, version)
    expect(firmware(branch)).toMatchObject({ standing: 'approved', by: null })
  })

  test('is judged anew when it comes back after more others than are kept in mind', () => {
    const branch = createTestBranch()
    says(branch, '1.0')
    const versions = Array.from({ length: 16 }, (_, index) => `2.${index}`)
    for (const version of versions) {
      says(branch, version)
      branch.command(judgement({ firmware: version }))
    }
    says(branch, '2.0')
    expect(firmware(branch)?.standing).toBe('approved')
    says(branch, '1.0')
    expect(firmware(branch)?.standing).toBe('probation')
  })

  test('a word on a whole model holds for those that run it and for those that come to it', () => {
    const branch = createTestBranch()
    for (const device of ['robot-1', 'camera-1']) for (const v of ['1.0', '2.0']) says(branch, v, { device })
    says(branch, '1.0', { device: 'kiosk-1' })
    expect(refusal(branch, { device: null, model: 'R9' })).toBe('firmware.no-model')
    branch.command(judgement({ device: null }))
    expect(firmware(branch)?.standing).toBe('approved')
    expect(firmware(branch, 'camera-1')?.standing).toBe('approved')
    expect(firmware(branch, 'kiosk-1')?.standing).toBe('known')
    says(branch, '2.0', { device: 'kiosk-1' })
    expect(firmware(branch, 'kiosk-1')).toMatchObject({ standing: 'approved', by: 'mei' })
    branch.command(judgement({ device: null, firmware: '3.0', verdict: 'declined' }))
    says(branch, '3.0', { device: 'gateway-1' })
    expect(firmware(branch, 'gateway-1')?.standing).toBe('declined')
  })
})

test('the latest word holds, of one device or of its model, also for firmware it comes back to', () => {
  const branch = createTestBranch()
  for (const version of ['1.0', '2.0']) says(branch, version)
  branch.command(judgement())
  says(branch, '1.0')
  branch.command(judgement({ device: null, verdict: 'declined' }))
  says(branch, '2.0')
  expect(firmware(branch)?.standing).toBe('declined')
  branch.command(judgement())
  for (const version of ['1.0', '2.0']) says(branch, version)
  expect(firmware(branch)?.standing).toBe('approved')
})

test('flows do not reckon with a device whose firmware was declined', () => {
  const branch = createTestBranch()
  presence(branch, { status: 'online' })
  for (const version of ['1.0', '2.0']) says(branch, version)
  expect(mayBeThere(row(branch))).toBe(true)
  branch.command(judgement({ verdict: 'declined' }))
  expect(mayBeThere(row(branch))).toBe(false)
})

type Act =
  | { readonly kind: 'says'; readonly version: string | undefined }
  | { readonly kind: 'restart' | 'online' | 'updating' | 'config' }

const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant('says' as const),
    version: fc.constantFrom('1.0', '2.0', '3.0', undefined),
  }),
  fc.constantFrom('restart', 'online', 'updating', 'config').map((kind) => ({ kind })),
)

const act = (branch: Branch, one: Act) => {
  if (one.kind === 'says') says(branch, one.version)
  else if (one.kind === 'restart') branch.restart(1_000)
  else if (one.kind === 'config') {
    const file = branch.state.meta.get('file')?.['file'] as never
    branch.send({ kind: 'config', file, revision: branch.view().branch.revision, by: 'operator' })
  } else presence(branch, { status: one.kind })
}

test('probation ends by a person or by trusted firmware, and by nothing else', () => {
  fc.assert(
    fc.property(fc.array(acts, { maxLength: 30 }), (happened) => {
      const branch = createTestBranch()
      let first: string | undefined
      let running: string | undefined
      for (const one of happened) {
        act(branch, one)
        if (one.kind === 'says') running = one.version ?? running
        first ??= running
        const expected: FirmwareRow['standing'] = running === first ? 'known' : 'probation'
        if (running !== undefined)
          expect(firmware(branch)).toMatchObject({ version: running, standing: expected })
      }
    }),
  )
})

describe('people are told of a probation', () => {
  const alerts = (branch: Branch) =>
    [...branch.state.alerts.values()].map(({ key, code, clearedAt, params }) => ({
      key,
      code,
      isOpen: clearedAt === null,
      firmware: params['firmware'],
    }))
  const open = (branch: Branch) => alerts(branch).filter(({ isOpen }) => isOpen)
  const onProbation = { key: 'firmware/robot-1', code: 'probation.begun', isOpen: true, firmware: '2.0' }

  test('with one alert a device, not for the first sight of it, and not again for the same', () => {
    const branch = createTestBranch()
    says(branch, '1.0')
    expect(alerts(branch)).toEqual([])
    says(branch, '2.0')
    says(branch, '2.0')
    expect(open(branch)).toEqual([onProbation])
    says(branch, '3.0')
    expect(open(branch)).toEqual([{ ...onProbation, firmware: '3.0' }])
    const [alert] = branch.state.alerts.values()
    expect(sayReason('probation.begun', 'en', alert?.params)).toContain(
      'robot-1 runs firmware 3.0 instead of 2.0',
    )
    expect(sayReason('probation.begun', 'zh', alert?.params)).toContain('robot-1 的固件由 2.0 变为 3.0')
  })

  test.each(['approved', 'declined'] as const)('until it is %s', (verdict) => {
    const branch = createTestBranch()
    for (const version of ['1.0', '2.0']) says(branch, version)
    branch.command(judgement({ verdict }))
    expect(alerts(branch)).toEqual([{ ...onProbation, isOpen: false }])
  })

  test('until the whole model is judged, or the device is back with firmware that was trusted', () => {
    const branch = createTestBranch()
    for (const device of ['robot-1', 'kiosk-1'])
      for (const version of ['1.0', '2.0']) says(branch, version, { device })
    expect(open(branch)).toHaveLength(2)
    branch.command(judgement({ device: null }))
    expect(open(branch)).toEqual([])
    says(branch, '3.0')
    expect(open(branch)).toHaveLength(1)
    says(branch, '1.0')
    expect(open(branch)).toEqual([])
  })

  test('until the device is taken out of the branch; put back, it is still on probation', () => {
    const branch = createTestBranch()
    for (const version of ['1.0', '2.0']) says(branch, version)
    const file = parseBranchFile(branchYaml)
    const put = (devices: typeof file.devices) =>
      branch.send({
        kind: 'config',
        file: { ...file, devices },
        revision: branch.view().branch.revision,
        by: 'operator',
      })
    put(file.devices.filter(({ id }) => id !== 'robot-1'))
    expect(open(branch)).toEqual([])
    put(file.devices)
    expect(open(branch)).toEqual([onProbation])
  })
})

describe('an announced absence', () => {
  test('is not called lost, whatever the broker says of the line, and what it still says does not end it', () => {
    const branch = createTestBranch()
    presence(branch, { status: 'online' })
    presence(branch, { status: 'updating', forMs: 600_000 })
    branch.send({ kind: 'state', device: 'robot-1', state: { health: { level: 'ok' } } })
    presence(branch, { status: 'lost' })
    branch.send({ kind: 'link', device: 'robot-1', link: 'lost' })
    branch.restart(60_000)
    branch.advance(120_000)
    expect(row(branch)).toMatchObject({ link: 'offline', health: 'updating', updatingForMs: 600_000 })
    const told = branch.told('device.link').filter(({ device }) => device === 'robot-1')
    expect(told.map(({ link }) => link)).toEqual(['online', 'offline'])
    presence(branch, { status: 'online', boot: 'b2' })
    expect(row(branch)).toMatchObject({ link: 'online', health: 'ok', updatingForMs: null })
  })

  test('said with its state before the line breaks, it is announced as well', () => {
    const branch = createTestBranch()
    presence(branch, { status: 'online' })
    branch.send({ kind: 'state', device: 'robot-1', state: { health: { level: 'updating' } } })
    branch.send({ kind: 'link', device: 'robot-1', link: 'lost' })
    expect(row(branch)).toMatchObject({ link: 'offline', health: 'updating' })
  })

  test('is counted from its first word, and four hours are the most', () => {
    const branch = createTestBranch()
    presence(branch, { status: 'online' })
    presence(branch, { status: 'updating', forMs: 86_400_000 })
    const { healthAt } = row(branch)
    branch.advance(60_000)
    presence(branch, { status: 'updating', forMs: 1_000 })
    expect(row(branch)).toMatchObject({ healthAt, updatingForMs: 14_400_000 })
  })

  test('of a gateway holds for the devices behind it', () => {
    const branch = createTestBranch()
    presence(branch, { status: 'online' }, 'gateway-1')
    presence(branch, { status: 'online' }, 'kiosk-1')
    presence(branch, { status: 'updating' }, 'gateway-1')
    expect(row(branch, 'kiosk-1').link).toBe('offline')
  })
})
