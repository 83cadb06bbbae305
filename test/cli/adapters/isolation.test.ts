/**
 * Bad adapters under a real hub, as processes: whatever they do, the other devices are served, the operator is told, and
 * nothing of them outlives the hub.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { AdapterFacts } from '#cli/adapters/methods.ts'
import { openControl } from '#hub/ops/control.ts'
import { controlPath } from '#hub/ops/paths.ts'
import { below, isAlive } from '../processes.ts'
import { demoBranch, type Ended, type Running, remove, scratch, startUsher, usher } from '../support.ts'

const folder = scratch()
const bad = (name: string) => join(import.meta.dirname, 'bad', name)
const template = join(import.meta.dirname, '../../../adapters/template')
/** How long something may take to be so; a test has several such. */
const withinMs = 90_000
const testMs = 3 * withinMs

interface Adapter {
  readonly device: string
  readonly run: string
  readonly config?: object
  readonly memoryMb?: number
}

interface Hub extends Running {
  readonly data: string
  readonly port: number
  readonly http: string
  json<T>(...words: readonly string[]): Promise<T>
  adapters(): Promise<ReadonlyMap<string, AdapterFacts>>
  /** Until an adapter has written that. */
  wrote(device: string, words: RegExp): Promise<void>
}

/** One that asks every device for its credential: what runs on the machine is not believed because of that. */
const startHub = async (name: string, adapters: readonly Adapter[]): Promise<Hub> => {
  const place = join(folder, name)
  mkdirSync(place)
  const config = join(place, 'hub.yaml')
  const loopback = { port: 0, trust: 'claimed' }
  writeFileSync(
    config,
    JSON.stringify({ branch: demoBranch, mqtt: { loopback, tls: false }, http: { port: 0 }, adapters }),
  )
  const running = startUsher(['start', '--config', config])
  const ready = JSON.parse(await running.line(/the hub is ready/)) as { mqtt: string; http: string }
  const data = join(place, 'data')
  const json = async <T>(...words: readonly string[]) => {
    const { code, said, complained } = await usher(...words, '--data', data, '--json')
    if (code !== 0) throw new Error(complained)
    return JSON.parse(said) as T
  }
  return {
    ...running,
    data,
    port: Number(ready.mqtt.split(':').at(-1)),
    http: ready.http,
    json,
    adapters: async () => {
      const all = await json<readonly AdapterFacts[]>('adapters', 'list')
      return new Map(all.map((facts) => [facts.device, facts]))
    },
    wrote: async (device, words) => {
      const logs = startUsher(['adapters', 'logs', device, '--follow', '--data', data])
      await logs.line(words)
      logs.child.kill('SIGINT')
      await logs.ended
    },
  }
}

const stop = (hub: Running): Promise<Ended> => {
  hub.child.kill('SIGTERM')
  return hub.ended
}

/** The vendor's robot, simulated. @returns where it listens, and how to stop it. */
const startRobot = async () => {
  const child = spawn(process.execPath, [join(template, 'simulator.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const line = await new Promise<string>((resolve) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()))
  })
  const { config } = JSON.parse(line) as { config: object }
  return { config, stop: () => child.kill('SIGTERM') }
}

interface Alert {
  readonly key: string
  readonly code: string
  readonly priority: string
}

describe('adapters that do their worst', () => {
  let robot: Awaited<ReturnType<typeof startRobot>>
  let hub: Hub
  const eventually = (look: () => Promise<void>) => vi.waitFor(look, { timeout: withinMs, interval: 500 })

  beforeAll(async () => {
    robot = await startRobot()
    hub = await startHub('worst', [
      { device: 'robot-1', run: template, config: robot.config },
      { device: 'robot-2', run: bad('throws.mjs') },
      { device: 'robot-3', run: bad('hungry.mjs'), memoryMb: 128 },
      { device: 'kiosk-1', run: bad('blocked.mjs') },
      { device: 'kiosk-2', run: bad('flood.mjs') },
      { device: 'kiosk-3', run: bad('is-not-there') },
    ])
  }, testMs)
  afterAll(async () => {
    await stop(hub)
    robot.stop()
  })

  test(
    'are each told to the operator: in the alerts, the log, the list, the health and the doctor',
    async () => {
      const expected = {
        'adapter/robot-2': 'adapter.crash-loop',
        'adapter/kiosk-1': 'adapter.silent',
        'adapter/kiosk-2/messages': 'adapter.flood',
        'adapter/kiosk-3': 'adapter.folder',
      }
      const seen = new Map<string, Alert>()
      // An alert may come and go again: looked at often, a command for each look would cost more than all adapters.
      const control = await openControl(controlPath(hub.data))
      await eventually(async () => {
        const { alerts } = await control.request<{ alerts: readonly Alert[] }>('branch.show')
        for (const alert of alerts) seen.set(`${alert.key} ${alert.code}`, alert)
        const found = [...seen.keys()]
        expect(found).toEqual(
          expect.arrayContaining(Object.entries(expected).map(([key, code]) => `${key} ${code}`)),
        )
        expect(found).toContain('adapter/robot-3 adapter.crash-loop')
      })
      control.close()
      const told = (await hub.json<readonly Alert[]>('alerts', 'list')).map(
        ({ key, code }) => `${key} ${code}`,
      )
      expect(told).toContain('adapter/robot-3 adapter.crash-loop')
      expect(seen.get('adapter/robot-2 adapter.crash-loop')?.priority).toBe('high')
      for (const code of [...Object.values(expected), 'adapter.too-much-memory'])
        expect(hub.said()).toMatch(new RegExp(`"level":"error".*"code":"${code}"`))
      const listed = await hub.adapters()
      expect(listed.get('robot-2')).toMatchObject({ state: 'stopped', lastCode: 'adapter.crash-loop' })
      expect(listed.get('kiosk-2')).toMatchObject({ state: 'running', flooding: true })
      const health = (await (await fetch(`${hub.http}/healthz`)).json()) as {
        status: string
        warnings: string[]
      }
      expect(health.status).toBe('ok')
      expect(health.warnings).toEqual(
        expect.arrayContaining(['adapter.crash-loop', 'adapter.flood', 'adapter.folder']),
      )
      const { said } = await usher('doctor', '--data', hub.data)
      expect(said).toMatch(/adapter robot-2 +fail +not started any more: adapter.crash-loop/)
      expect(said).toMatch(/adapter kiosk-2 +warn +sends more than it may/)
    },
    testMs,
  )

  test(
    'leave the good one alone: it is there, never fell, and takes less memory than its limit',
    async () => {
      const good = (await hub.adapters()).get('robot-1')
      expect(good).toMatchObject({ state: 'running', restarts: 0, lastCode: null })
      expect(good?.memoryMb).toBeLessThan(256)
      const device = await hub.json<{ link: string; manifest: { vendor: string } }>(
        'devices',
        'show',
        'robot-1',
      )
      expect(device).toMatchObject({ link: 'online', manifest: { vendor: 'Acme' } })
    },
    testMs,
  )

  test('were stopped at their limit of memory, not far above it', () => {
    const used = [...hub.said().matchAll(/"code":"adapter.too-much-memory","usedMb":(\d+)/g)].map(([, mb]) =>
      Number(mb),
    )
    expect(used.length).toBeGreaterThan(0)
    // Two looks apart it takes some hundred megabytes; without a limit it would take all there is.
    expect(Math.max(...used)).toBeLessThan(1_500)
  })

  test('what they wrote is kept, bounded, and shown', async () => {
    const { said } = await usher('adapters', 'logs', 'robot-2', '--data', hub.data)
    expect(said).toContain('the vendor forgot something')
    expect((await usher('adapters', 'logs', 'nobody', '--data', hub.data)).complained).toContain(
      'adapter.unknown',
    )
    expect(readFileSync(join(hub.data, 'adapters/kiosk-2/log.jsonl')).length).toBeLessThan(1_200_000)
  })

  test(
    'one that was given up is started again by a person',
    async () => {
      const before = (await hub.adapters()).get('robot-2')?.restarts ?? 0
      const { code } = await usher('adapters', 'restart', 'robot-2', '--data', hub.data)
      expect(code).toBe(0)
      await eventually(async () => {
        expect((await hub.adapters()).get('robot-2')?.restarts ?? 0).toBeGreaterThan(before)
      })
    },
    testMs,
  )

  test('nobody else may speak for a device, although it runs on the same machine', async () => {
    const dial = (password: string | undefined): Promise<MqttClient> =>
      connectAsync(`mqtt://127.0.0.1:${hub.port}`, {
        clientId: 'demo/robot-1',
        protocolVersion: 4,
        reconnectPeriod: 0,
        ...(password !== undefined && { username: 'robot-1', password }),
      })
    await expect(dial(undefined)).rejects.toThrow(/[Nn]ot authorized/)
    await expect(dial('guessed')).rejects.toThrow(/[Nn]ot authorized/)
  })
})

// These mostly wait, each for a hub of its own.
describe.concurrent('one that is revoked', () => {
  test(
    'stays out, although the hub itself runs it',
    async () => {
      const robot = await startRobot()
      const hub = await startHub('revoked', [{ device: 'robot-1', run: template, config: robot.config }])
      await hub.wrote('robot-1', /the line to the hub is up/)
      await hub.json('devices', 'revoke', 'robot-1')
      await hub.wrote('robot-1', /the hub does not let this adapter in/)
      expect((await hub.json<{ link: string }>('devices', 'show', 'robot-1')).link).not.toBe('online')
      await stop(hub)
      robot.stop()
    },
    testMs,
  )
})

describe.concurrent('when the hub ends', () => {
  const adapters = (config: object) => [
    { device: 'robot-1', run: template, config },
    { device: 'kiosk-1', run: bad('stuck.mjs') },
  ]
  const started = async (name: string) => {
    const robot = await startRobot()
    const hub = await startHub(name, adapters(robot.config))
    const pid = hub.child.pid ?? 0
    await hub.wrote('robot-1', /the line to the hub is up/)
    await hub.wrote('kiosk-1', /about to wait/)
    const pids = below(pid)
    // Two adapters, each with its leash.
    expect(pids.length).toBeGreaterThanOrEqual(4)
    return { robot, hub, pids }
  }

  test(
    'by SIGKILL, no adapter is left behind, not even one that blocks',
    async () => {
      const { robot, hub, pids } = await started('killed')
      hub.child.kill('SIGKILL')
      await hub.ended
      await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), withinMs)
      robot.stop()
    },
    testMs,
  )

  test(
    'in good order, the adapters say goodbye first, and one that does not listen is ended',
    async () => {
      const { robot, hub, pids } = await started('stopped')
      const { code, said } = await stop(hub)
      expect(code).toBe(0)
      for (const device of ['robot-1', 'kiosk-1'])
        expect(said).toMatch(new RegExp(`"device":"${device}".*"an adapter has ended"`))
      expect(said.trimEnd().split('\n').at(-1)).toContain('"stopped"')
      // The kernel takes a leash away a moment after it was let go.
      await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), withinMs)
      const log = readFileSync(join(hub.data, 'adapters/robot-1/log.jsonl'), 'utf8')
      expect(log.trimEnd().split('\n').at(-1)).toContain('"msg":"stopped"')
      robot.stop()
    },
    testMs,
  )
})

afterAll(() => remove(folder))
