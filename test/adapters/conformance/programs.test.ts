/** Whole programs under the examiner: every simulated kind and the Python device of the guide reach gold. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { examineProgram } from '#adapters/conformance/open.ts'
import type { Result } from '#adapters/conformance/result.ts'
import { simulatedKinds } from '#simulators/devices/kinds.ts'
import { brisk } from './support/in-process.ts'
import { inPool } from './support/pool.ts'

const root = join(import.meta.dirname, '../../..')
/** A task of about half a second: there is time to cancel it, and to be killed in it. */
const behaviour = JSON.stringify({ pace: 0.05, slow: { actMs: 8_000 } })
const settings =
  '--id "$USHER_DEVICE" --branch "$USHER_BRANCH" --broker "$USHER_BROKER" --log "$USHER_STATE/log"'

/** Debian's own Python: another one in the path has no Debian packages. */
const python = '/usr/bin/python3'

const commands: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    simulatedKinds.map((kind) => [
      kind,
      `exec node simulators/devices/main.ts --kind ${kind} ${settings} --behaviour '${behaviour}'`,
    ]),
  ),
  python: `SECONDS_PER_LETTER=0.02 exec ${python} docs/guides/examples/speaking-pillar.py`,
}

let results: ReadonlyMap<string, Result>

beforeAll(async () => {
  results = await inPool(Object.keys(commands), {
    atOnce: 6,
    run: (name) =>
      examineProgram({
        what: name,
        branch: 'demo',
        device: `${name}-1`,
        pace: { ...brisk, samples: 1 },
        seed: name,
        around: { places: ['entrance', 'waiting'], commands: {} },
        command: commands[name] ?? '',
        folder: root,
      }),
  })
}, 240_000)

test('Debian’s paho-mqtt is there for the Python device', () => {
  const { status, stderr } = spawnSync(python, ['-c', 'import paho.mqtt.client'], { encoding: 'utf8' })
  expect(status, `install it as root: apt-get install python3-paho-mqtt\n${stderr}`).toBe(0)
})

describe('reaches gold', () => {
  test.each(Object.keys(commands))('%s', (name) => {
    const result = results.get(name)
    expect(result?.findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'not-proved')).toEqual(
      [],
    )
    expect(result?.level).toBe('gold')
  })
})

test('what a device is never asked is said: a camera takes no tasks', () => {
  const { proved, findings } = results.get('camera') ?? { proved: { en: '' }, findings: [] }
  expect(proved.en).toContain('Not asked of this device')
  expect(findings.find(({ rule }) => rule === 'task.answers')?.outcome).toBe('not-applicable')
  expect(results.get('robot')?.findings.find(({ rule }) => rule === 'config.movement')?.outcome).toBe('pass')
  expect(results.get('screen')?.findings.find(({ rule }) => rule === 'task.immediate')?.outcome).toBe('pass')
})
