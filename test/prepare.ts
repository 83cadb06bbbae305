/**
 * Before the tests: the pages, built where their sources changed, and what the tests need from Debian. As root on a machine with apt-get it is installed; otherwise this says
 * what is missing and how to get it, instead of letting tests fail for a reason of no interest.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

interface Need {
  readonly package: string
  readonly use: string
  readonly isThere: () => boolean
}

const isOnPath = (program: string) =>
  [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'].some((folder) =>
    existsSync(join(folder, program)),
  )

const needs: readonly Need[] = [
  {
    package: 'mosquitto-clients',
    use: 'an MQTT client that is not ours (mosquitto_pub, mosquitto_sub)',
    isThere: () => isOnPath('mosquitto_pub'),
  },
  {
    package: 'mosquitto',
    use: "a broker that is not ours, for the vendors' side of the people-sensing adapter",
    isThere: () => isOnPath('mosquitto'),
  },
  {
    package: 'python3-paho-mqtt',
    use: 'the device in Python that the guide shows, under the conformance kit',
    isThere: () => existsSync('/usr/lib/python3/dist-packages/paho/mqtt/client.py'),
  },
  {
    package: 'chromium',
    use: 'a real browser, for devices whose program is a web page',
    isThere: () => existsSync('/usr/bin/chromium'),
  },
  {
    package: 'chromium-headless-shell',
    use: 'its engine alone, for pages that need no more',
    isThere: () => existsSync('/usr/bin/chromium-headless-shell'),
  },
  {
    package: 'coturn',
    use: 'a relay for calls that may not go from browser to browser',
    isThere: () => isOnPath('turnserver'),
  },
  {
    package: 'strace',
    use: 'the trace that shows no acknowledgement before its commit is on disk',
    isThere: () => isOnPath('strace'),
  },
  {
    package: 'libfaketime',
    use: 'clock steps of an hour and of ten years',
    isThere: () => globSync('/usr/lib/*/faketime/libfaketime.so.1').length > 0,
  },
]

/** While it exists, Debian's packages start no service: a mosquitto of their own would take port 1883. */
const noServices = '/usr/sbin/policy-rc.d'

const aptGet = (...args: string[]): boolean => {
  const { status, stdout, stderr } = spawnSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=120', ...args], {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (status !== 0) process.stderr.write(`${stdout}${stderr}`)
  return status === 0
}

const install = (packages: readonly string[]): boolean => {
  const isOurs = !existsSync(noServices)
  if (isOurs) writeFileSync(noServices, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    const args = ['install', '-y', '--no-install-recommends', ...packages]
    return aptGet('update') && aptGet(...args)
  } finally {
    if (isOurs) rmSync(noServices)
  }
}

const missing = () => needs.filter((need) => !need.isThere())

const wanted = missing()
if (wanted.length > 0 && process.getuid?.() === 0 && isOnPath('apt-get')) {
  console.log(`Installing what the tests need: ${wanted.map((need) => need.package).join(', ')}`)
  install(wanted.map((need) => need.package))
}

const left = missing()
if (left.length > 0) {
  const lines = left.map((need) => `  ${need.package}: ${need.use}`)
  const command = `apt-get install --no-install-recommends ${left.map((need) => need.package).join(' ')}`
  console.error(
    `The tests need these Debian packages:\n${lines.join('\n')}\nInstall them as root: ${command}`,
  )
  process.exitCode = 1
}

// With the same Node that runs this.
const built = spawnSync(
  process.execPath,
  [join(import.meta.dirname, '../apps/build/main.ts'), '--if-stale'],
  {
    stdio: 'inherit',
  },
)
if (built.status !== 0) process.exitCode = 1
