/** `usher home-assistant`: shows the devices of the branch in Home Assistant, read-only. Nothing does so unasked. */
import type { Command } from 'commander'
import { UsherError } from '#protocol/errors.ts'
import type { AlertRow, BranchRow } from '#protocol/model.ts'
import type { SeenBranch, SeenDevice } from '../home-assistant/discovery.ts'
import { parseDuration } from '../io/time.ts'
import { type Asking, withHub } from '../io/with-hub.ts'

interface Wishes {
  readonly broker: string
  readonly prefix: string
  readonly every: number
}

const standardEveryMs = 5_000

const see = async ({ control }: Asking): Promise<SeenBranch> => {
  const { branch, alerts } = await control.request<{ branch: BranchRow; alerts: readonly AlertRow[] }>(
    'branch.show',
  )
  const { file } = await control.request<{ file: Pick<SeenBranch, 'title'> & { branch: string } }>(
    'config.show',
  )
  return {
    id: file.branch,
    title: file.title,
    mode: branch.mode,
    openAlerts: alerts.filter(({ clearedAt }) => clearedAt === null).length,
    devices: await control.request<readonly SeenDevice[]>('devices.list'),
  }
}

/** A secret in an address would stand in the list of processes. */
const mustBeAddress = (broker: string): void => {
  const address = URL.canParse(broker) ? new URL(broker) : undefined
  if (address === undefined || !/^(mqtts?|wss?):$/.test(address.protocol))
    throw new UsherError('command.invalid', '--broker: starts with mqtt://, mqtts://, ws:// or wss://')
  if (address.username !== '' || address.password !== '')
    throw new UsherError(
      'command.invalid',
      '--broker: name and password go into HOME_ASSISTANT_USERNAME, _PASSWORD',
    )
}

const follow = async (asking: Asking, { broker: url, prefix, every }: Wishes) => {
  const { startExporter } = await import('../home-assistant/exporter.ts')
  const stopped = new Promise<'stop'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve('stop'))
  })
  const first = await see(asking)
  const { HOME_ASSISTANT_USERNAME: username, HOME_ASSISTANT_PASSWORD: password } = process.env
  const exporter = startExporter({
    url,
    prefix,
    branch: first.id,
    tongue: asking.tongue,
    onTrouble: (text) => console.error(`The broker of Home Assistant: ${text}`),
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
  })
  console.log(`Showing ${first.devices.length} devices of ${first.id} on ${url}, under ${prefix}/device/.`)
  try {
    for (let branch = first; ; branch = await see(asking)) {
      exporter.show(branch)
      const next = new Promise<'next'>((resolve) => {
        const timer = setTimeout(() => resolve('next'), every)
        void stopped.then(() => clearTimeout(timer))
      })
      if ((await Promise.race([next, stopped])) === 'stop') return
    }
  } finally {
    await exporter.stop()
  }
}

export const addHomeAssistant = (program: Command): void => {
  program
    .command('home-assistant')
    .description('show the devices of the branch in Home Assistant, read-only, until it is stopped')
    .requiredOption('--broker <url>', 'the broker that Home Assistant listens to')
    .option('--prefix <topic>', 'its discovery prefix', 'homeassistant')
    .option('--every <duration>', 'how often the hub is asked', parseDuration, standardEveryMs)
    .action((wishes: Wishes, command: Command) => {
      mustBeAddress(wishes.broker)
      return withHub(command, (asking) => follow(asking, wishes))
    })
}
