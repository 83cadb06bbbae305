/** Every command against one running hub: what it does when all is well, and one thing that can be wrong with it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import mqtt from 'mqtt'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createProgram } from '#cli/program.ts'
import type { TaskRow } from '#hub/dispatch/rows.ts'
import { demoBranch, remove, type StartedHub, scratch, startHub, startUsher, usher } from './support.ts'

const folder = scratch()
let hub: StartedHub

beforeAll(async () => {
  hub = await startHub(folder)
})

afterAll(async () => {
  await hub.stop()
  remove(folder)
})

const tell = async (name: string, data: unknown, device = 'tester-1') => {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${hub.ports.mqtt}`, {
    clientId: `demo/${device}`,
    protocolVersion: 4,
    reconnectPeriod: 0,
  })
  await client.publishAsync(`usher/v1/demo/${device}/event/${name}`, JSON.stringify(data), { qos: 1 })
  await client.endAsync()
}

/** A task for a person, made the way the world makes one. */
const askForHelp = async (reason: string, device: string): Promise<TaskRow> => {
  await tell('help.requested', { zone: 'kiosks', reason }, device)
  const tasks = await hub.json<readonly TaskRow[]>('tasks', 'list', '--flow', 'assistance')
  const task = tasks.find(({ intent }) => intent.command['reason'] === reason)
  if (task === undefined) throw new Error('nobody was asked for help')
  return task
}

const askedOf = (task: TaskRow) => task.attempts.at(-1)?.member.replace('person/', '') ?? ''

describe('help and wrong words', () => {
  test('every command has help with its words', async () => {
    const { code, said } = await usher('--help')
    expect(code).toBe(0)
    const commands = [...said.matchAll(/^ {2}([a-z][a-z-]+) (?:\[|<| )/gm)].map(([, name]) => name ?? '')
    expect(commands).toEqual(
      expect.arrayContaining(['start', 'demo', 'tasks', 'explain', 'doctor', 'restore']),
    )
    // What the process makes of it is shown above: each of the others is the same program, asked here.
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    try {
      for (const name of commands.filter((one) => one !== 'help' && one !== 'usher')) {
        write.mockClear()
        const asked = createProgram().parseAsync([name, '--help'], { from: 'user' })
        await expect(asked, name).rejects.toMatchObject({ exitCode: 0 })
        expect(write.mock.calls.join(''), name).toContain(`Usage: usher ${name}`)
      }
    } finally {
      write.mockRestore()
    }
    expect(await usher('tasks', '--help')).toMatchObject({
      code: 0,
      said: expect.stringContaining('Usage: usher tasks') as string,
    })
  })

  test('unknown words end with 2', async () => {
    const { code, complained } = await usher('tasks', 'frobnicate')
    expect(code).toBe(2)
    expect(complained).toContain('unknown command')
    expect((await usher('start')).code).toBe(2)
    expect((await usher('pause', '--for', 'long')).code).toBe(2)
  })

  test('without a hub it ends with 3 and says where it looked', async () => {
    const { code, complained } = await usher('tasks', 'list', '--data', join(folder, 'nowhere'))
    expect(code).toBe(3)
    expect(complained).toMatch(/^error hub\.unreachable: .*nowhere/)
    expect(complained).toContain('usher start')
  })
})

describe('start', () => {
  test('says where it listens, answers there, and refuses a second hub on the same data', async () => {
    const health = (await (await fetch(`${hub.ports.http}/healthz`)).json()) as { status: string }
    expect(health.status).toBe('ok')
    const metrics = await fetch(`${hub.ports.http}/metrics`)
    expect(await metrics.text()).toContain('# HELP')
    const second = await usher('start', '--config', hub.config)
    expect(second.code).toBe(1)
    expect(second.complained).toContain('error store.locked')
  })

  test('a settings file with a mistake is refused by name of the field', async () => {
    const file = join(folder, 'wrong.yaml')
    writeFileSync(file, 'branch: x.yaml\nhttp: { prot: 1 }\n')
    const { code, complained } = await usher('start', '--config', file)
    expect(code).toBe(1)
    expect(complained).toMatch(/error config\.invalid: .*prot/s)
  })
})

describe('tasks', () => {
  test('a person accepts, begins and finishes theirs; what is over takes no more answers', async () => {
    const task = await askForHelp('paper-jam', 'kiosk-2')
    const person = askedOf(task)
    const other = person === 'lobby-1' ? 'guard-1' : 'lobby-1'
    const foreign = await hub.usher('tasks', 'accept', task.id, '--as', other)
    expect(foreign).toMatchObject({
      code: 1,
      complained: expect.stringContaining('task.not-asked') as string,
    })
    for (const word of ['accept', 'start', 'done'])
      expect((await hub.usher('tasks', word, task.id, '--as', person, '--note', 'on it')).code, word).toBe(0)
    const shown = await hub.usher('tasks', 'show', task.id)
    expect(shown.said).toContain('done')
    const late = await hub.usher('tasks', 'done', task.id, '--as', person)
    expect(late).toMatchObject({ code: 1, complained: expect.stringContaining('task.ended') as string })
  })

  test('a person who refuses is not asked again; cancel ends it', async () => {
    const task = await askForHelp('card-kept', 'kiosk-3')
    const refused = await hub.json<TaskRow>('tasks', 'refuse', task.id, '--as', askedOf(task))
    expect(refused.spent).toContain(`person/${askedOf(task)}`)
    const cancelled = await hub.json<TaskRow>(
      'tasks',
      'cancel',
      task.id,
      '--reason',
      'all well',
      '--by',
      'manager-1',
    )
    expect(cancelled.phase).toBe('cancelled')
    expect((await hub.usher('tasks', 'cancel', 'task-nope')).complained).toContain('error task.unknown')
  })

  test('a suggestion waits for a person: confirmed it goes on, dismissed it ends', async () => {
    await hub.json('flows', 'set', 'assistance', '--autonomy', 'suggest')
    const first = await askForHelp('first-question', 'kiosk-4')
    expect(first.suggested).toBe(true)
    expect((await hub.json<TaskRow>('tasks', 'confirm', first.id)).suggested).toBe(false)
    const again = await hub.usher('tasks', 'confirm', first.id)
    expect(again.complained).toContain('error task.not-suggested')
    const second = await askForHelp('second-question', 'screen-kiosks')
    expect((await hub.json<TaskRow>('tasks', 'dismiss', second.id)).phase).not.toBe('queued')
    await hub.json('flows', 'set', 'assistance', '--autonomy', 'automatic')
  })
})

describe('explain', () => {
  test('a task, in both languages, with every candidate; and as evidence that verifies until it is touched', async () => {
    const task = await askForHelp('needs-explaining', 'camera-kiosks')
    const english = await hub.usher('explain', '--task', task.id)
    expect(english.said).toContain('Who was considered:')
    for (const part of [
      'Cause:',
      'Flow: Assistance v',
      'policy revision',
      'help is wanted: needs-explaining',
      'score',
    ])
      expect(english.said).toContain(part)
    expect((await hub.usher('explain', '--task', task.id, '--lang', 'zh')).said).toContain('候选者：')
    const file = join(folder, 'evidence.jsonl')
    expect((await hub.usher('explain', '--task', task.id, '--evidence', file)).code).toBe(0)
    expect((await usher('journal', 'verify', '--evidence', file)).said).toContain('The evidence holds')
    expect((await hub.usher('explain', '--task', task.id, '--evidence', file)).complained).toContain(
      'file.exists',
    )
    const touched = join(folder, 'touched.jsonl')
    writeFileSync(touched, readFileSync(file, 'utf8').replaceAll('needs-explaining', 'needs-nothing'))
    const verdict = await usher('journal', 'verify', '--evidence', touched)
    expect(verdict).toMatchObject({
      code: 1,
      complained: expect.stringContaining('journal.broken') as string,
    })
  })

  test('a visitor whom nobody greeted', async () => {
    await tell('visitor.detected', { zone: 'entrance', track: 'alone-1', direction: 'in' })
    const visits = await hub.json<readonly { id: string; tracks: readonly string[] }[]>('visits')
    const visit = visits.find(({ tracks }) => tracks.includes('tester-1/alone-1'))
    if (visit === undefined) throw new Error('the visit was not begun')
    // No device of this branch is connected: nobody can come.
    const why = await hub.usher('explain', '--visit', visit.id)
    expect(why.said).toContain('Who was considered:')
    expect(why.said).toContain('Welcome robot (robot-1): not heard of since the hub started')
  })

  test('a time and a zone; nothing on record; two questions at once', async () => {
    const now = new Date().toISOString()
    const around = await hub.usher('explain', '--at', now, '--zone', 'kiosks')
    expect(around.said).toContain('Call for staff')
    expect((await hub.usher('explain', '--visit', 'v-nope')).complained).toContain('error explain.nothing')
    expect((await hub.usher('explain', '--visit', 'v', '--task', 't')).code).toBe(2)
  })
})

describe('devices', () => {
  test('are listed, held, released, and put out of service', async () => {
    expect((await hub.usher('devices', 'list', '--lang', 'zh')).said).toContain('迎宾机器人')
    const from = Date.now()
    const held = await hub.json<{ willingness: string; heldUntil: number }>(
      'devices',
      'hold',
      'robot-1',
      '--for',
      '10m',
    )
    expect(held.willingness).toBe('held')
    expect(held.heldUntil).toBeGreaterThanOrEqual(from + 600_000)
    expect(held.heldUntil).toBeLessThanOrEqual(Date.now() + 600_000)
    expect((await hub.json<{ willingness: string }>('devices', 'release', 'robot-1')).willingness).toBe(
      'open',
    )
    const out = await hub.json<{ willingness: string }>('devices', 'out-of-service', 'robot-1')
    expect(out.willingness).toBe('out-of-service')
    expect((await hub.usher('devices', 'show', 'robot-9')).complained).toContain('error device.unknown')
  })

  test('a claim code is shown once; what was not presented cannot be approved; revoked is out', async () => {
    const invited = await hub.json<{ code: string }>('devices', 'add', 'kiosk-1')
    expect(invited.code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/)
    const early = await hub.usher('devices', 'approve', 'kiosk-1')
    expect(early.complained).toContain('error enrol.not-requested')
    const revoked = await hub.json<{ registry: { status: string } }>('devices', 'revoke', 'kiosk-1')
    expect(revoked.registry.status).toBe('revoked')
    expect((await hub.usher('devices', 'add', 'robot-9')).complained).toContain('error device.unknown')
  })
})

describe('the last word of a person', () => {
  test('mode, pause, movement, emergency', async () => {
    expect((await hub.json<{ mode: string }>('mode', 'cash-delivery', '--by', 'manager-1')).mode).toBe(
      'cash-delivery',
    )
    expect((await hub.json<{ mode: string }>('mode', 'open')).mode).toBe('open')
    const from = Date.now()
    const paused = await hub.json<{ paused: { until: number } | null }>('pause', '--for', '10m')
    expect(paused.paused?.until).toBeGreaterThanOrEqual(from + 600_000)
    expect(paused.paused?.until).toBeLessThanOrEqual(Date.now() + 600_000)
    expect((await hub.json<{ paused: unknown }>('resume')).paused).toBeNull()
    expect((await hub.json<{ stopped: unknown }>('stop-movement')).stopped).not.toBeNull()
    expect((await hub.json<{ stopped: unknown }>('allow-movement')).stopped).toBeNull()
    expect((await hub.usher('end-emergency')).complained).toContain('error mode.no-emergency')
    await hub.json('mode', 'emergency')
    expect((await hub.usher('mode', 'open')).complained).toContain('error mode.emergency')
    expect((await hub.usher('end-emergency')).said).toContain('mode      open')
  })

  test('staff, alerts, requests for a person', async () => {
    expect((await hub.usher('staff', 'duty', 'guard-1', 'off')).said).toMatch(/guard-1 .* no /)
    expect((await hub.usher('staff', 'duty', 'guard-1', 'on')).code).toBe(0)
    expect((await hub.usher('staff', 'dnd', 'lobby-1', 'on')).code).toBe(0)
    expect((await hub.usher('staff', 'dnd', 'lobby-1', 'off')).code).toBe(0)
    expect((await hub.usher('staff', 'duty', 'nobody', 'on')).complained).toContain('error person.unknown')
    expect((await hub.usher('alerts', 'list')).code).toBe(0)
    expect((await hub.usher('alerts', 'claim', 'alert-x', '--as', 'lobby-1')).complained).toContain(
      'alert.unknown',
    )
    expect((await hub.usher('escalations', 'list')).code).toBe(0)
    const end = await hub.usher('escalations', 'end', 'e-1', '--as', 'lobby-1', '--outcome', 'helped')
    expect(end.complained).toContain('error escalation.unknown')
    const take = await hub.usher('escalations', 'take', 'e-1', '--as', 'lobby-1')
    expect(take.complained).toContain('error escalation.unknown')
  })
})

test('calls are listed, shown by name, and counted by day', async () => {
  expect((await hub.usher('calls', 'list', '--all')).said).toContain('No calls.')
  expect((await hub.usher('calls', 'show', 'call-x')).complained).toContain('error call.unknown')
  expect((await hub.usher('calls', 'day')).said).toMatch(/all +0 +0 +0/)
})

describe('flows', () => {
  // `flows check` is shown in test/flow-check/shipped.test.ts: it takes its time.
  test('list, show, diagram', async () => {
    expect((await hub.usher('flows', 'list')).said).toMatch(/greeting +Greeting +\d+ +automatic/)
    expect((await hub.usher('flows', 'show', 'diversion')).said).toContain('holdMs: 3000')
    expect((await usher('flows', 'diagram', 'greeting')).said).toContain('stateDiagram-v2')
    expect((await usher('flows', 'diagram', 'dancing')).complained).toContain('error flow.unknown')
  })

  test('a setting is changed against a revision; a wrong value is refused by name', async () => {
    const set = await hub.json<{ setting: { revision: number; policy: { holdMs: number }; setBy: string } }>(
      'flows',
      'set',
      'diversion',
      '--policy',
      'holdMs=4000',
      '--by',
      'manager-1',
    )
    expect(set.setting).toMatchObject({ policy: { holdMs: 4000 }, setBy: 'manager-1' })
    const stale = await hub.usher('flows', 'set', 'diversion', '--policy', 'holdMs=5000', '--revision', '0')
    expect(stale.complained).toContain('error config.conflict')
    const wrong = await hub.usher('flows', 'set', 'diversion', '--policy', 'holdMs=soon')
    expect(wrong.complained).toMatch(/error policy\.invalid.*holdMs/s)
  })
})

describe('settings that wait for a second person', () => {
  test('there are none, and one that is not there is not agreed to', async () => {
    expect((await hub.usher('flows', 'proposals')).said).toContain('Nothing waits for a second person.')
    for (const word of ['approve', 'decline'])
      expect((await hub.usher('flows', word, 'proposal-1-2-0')).complained).toContain(
        'error proposal.unknown',
      )
  })
})

describe('config', () => {
  test('is checked without a hub, shown with its revision, and applied against it', async () => {
    expect((await usher('config', 'check', demoBranch)).said).toContain('16 devices')
    const wrong = join(folder, 'branch.yaml')
    writeFileSync(
      wrong,
      readFileSync(demoBranch, 'utf8').replace('zone: entrance, place', 'zone: enrtance, place'),
    )
    expect((await usher('config', 'check', wrong)).complained).toMatch(/error config\.invalid.*enrtance/s)
    const shown = await hub.json<{ revision: number }>('config', 'show')
    expect((await hub.usher('config', 'show')).said).toContain(`# revision ${shown.revision}`)
    const revision = String(shown.revision)
    const applied = await hub.json<{ revision: number }>(
      'config',
      'apply',
      demoBranch,
      '--revision',
      revision,
    )
    expect(applied.revision).toBe(shown.revision + 1)
    const late = await hub.usher('config', 'apply', demoBranch, '--revision', revision)
    expect(late.complained).toContain('error config.conflict')
  })
})

describe('journal', () => {
  test('tail follows, export is lines of JSON, verify holds', async () => {
    const tail = startUsher(['journal', 'tail', '--last', '0', '--json', '--data', hub.data])
    const seen = tail.line(/"name":"pause"/)
    // It hears what comes after it is there: the first pause may be too early for it.
    while (!tail.said().includes('"name":"pause"')) await hub.usher('pause', '--for', '5s')
    expect(JSON.parse(await seen)).toMatchObject({ kind: 'command' })
    tail.child.kill('SIGINT')
    await tail.ended
    const lines = (await hub.usher('journal', 'export', '--from', '1', '--to', '3')).said.trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { seq: number }).seq)).toEqual([1, 2, 3])
    expect((await hub.usher('journal', 'verify')).said).toContain('The chain holds')
    expect((await usher('journal', 'verify', '--evidence', demoBranch)).complained).toContain(
      'evidence.invalid',
    )
  })
})

describe('doctor', () => {
  test('finds nothing wrong with a running hub, and names what is wrong without one', async () => {
    const checks = await hub.json<readonly { name: string; state: string }[]>('doctor')
    expect(checks.filter(({ state }) => state === 'fail')).toEqual([])
    const names = checks.map(({ name }) => name)
    for (const name of [
      'node',
      'clock',
      'disk space',
      'disk sync',
      'lock',
      'server certificate',
      'broker mqtt',
    ])
      expect(names).toContain(name)
    const config = join(folder, 'taken.yaml')
    writeFileSync(
      config,
      `branch: ${demoBranch}\ndata: other\nmqtt: { loopback: { port: ${hub.ports.mqtt} }, tls: false }\nhttp: { port: 0 }\n`,
    )
    const { code, said } = await usher('doctor', '--config', config)
    expect(code).toBe(1)
    expect(said).toMatch(/port mqtt +fail/)
    expect(said).toContain('choose another port')
  })
})

describe('backup and restore', () => {
  test('a backup is taken from the running hub, restored elsewhere, and never over a running one', async () => {
    const file = join(folder, 'backup.db')
    expect((await hub.usher('backup', file)).said).toContain('Backup of entry')
    expect((await hub.usher('backup', file)).complained).toContain('error store.backup-exists')
    expect((await hub.usher('restore', file)).complained).toContain('error store.locked')
    const restored = await usher('restore', file, '--data', join(folder, 'second/data'))
    expect(restored).toMatchObject({ code: 0, said: expect.stringContaining('now epoch') as string })
    const second = await startHub(join(folder, 'second'))
    expect((await second.usher('journal', 'verify')).said).toContain('The chain holds')
    expect((await second.stop()).code).toBe(0)
    const older = await usher('restore', file, '--data', join(folder, 'second/data'))
    expect(older.complained).toContain('error store.backup-older')
    expect((await usher('restore', file, '--data', join(folder, 'second/data'), '--force')).code).toBe(0)
  })
})
