/** `usher devices`: who may connect, who is there, and who may be sent. */
import type { Command } from 'commander'
import type { DeviceRow, FirmwareRow } from '#protocol/model.ts'
import { titled } from '../io/language.ts'
import { table } from '../io/table.ts'
import { ago, dateTime, parseDuration } from '../io/time.ts'
import { type Asking, withHub } from '../io/with-hub.ts'
import { addDeclare } from './devices-declare.ts'
import { addFirmware, firmwareText } from './devices-firmware.ts'
import { addPair } from './devices-pair.ts'
import { addRemote } from './devices-remote.ts'
import { addScore } from './devices-score.ts'

interface Device extends Partial<DeviceRow> {
  readonly id: string
  readonly connected: boolean
  readonly registry: { readonly status: string; readonly validUntil: number | null } | null
}

const listText = (devices: readonly Device[], { tongue }: Asking): string =>
  table(devices, [
    { title: 'device', cell: ({ id }) => id },
    { title: 'kind', cell: ({ kind }) => kind },
    { title: 'name', cell: ({ title }) => (title === undefined ? '' : titled(title, tongue)) },
    { title: 'link', cell: ({ link }) => link },
    { title: 'health', cell: ({ health }) => health },
    { title: 'willing', cell: ({ willingness }) => willingness },
    { title: 'zone', cell: ({ spot, zone }) => spot?.zone ?? zone },
    { title: 'firmware', cell: ({ firmware }) => firmwareText(firmware) },
    { title: 'battery', cell: ({ battery }) => (battery ? `${Math.round(battery.percent)} %` : '') },
    { title: 'registered', cell: ({ registry }) => registry?.status },
  ])

const firmwareLine = (firmware: FirmwareRow | undefined): string | undefined => {
  if (firmware === undefined) return undefined
  const { standing, since, by, was } = firmware
  const before =
    was === null ? '' : `, since ${dateTime(since)}, before it ${was.model} ${was.version ?? '?'}`
  return `${firmware.version ?? '?'} ${standing}${by === null ? '' : ` by ${by}`}${before}`
}

const showText = (device: Device, asking: Asking): string => {
  const { manifest, registry, link, linkAt, willingnessBy, heldUntil, healthReasons } = device
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['link', linkAt === undefined ? undefined : `${link ?? 'unknown'} for ${ago(Date.now() - linkAt)}`],
    ['health', [device.health, ...(healthReasons ?? [])].join(' ')],
    [
      'willingness',
      [device.willingness, willingnessBy === null ? '' : `by ${willingnessBy}`].join(' ').trim(),
    ],
    ['held until', heldUntil === null || heldUntil === undefined ? undefined : dateTime(heldUntil)],
    [
      'made by',
      manifest === null || manifest === undefined ? undefined : `${manifest.vendor} ${manifest.model}`,
    ],
    ['firmware', firmwareLine(device.firmware)],
    [
      'can',
      manifest === null || manifest === undefined ? undefined : Object.keys(manifest.capabilities).join(', '),
    ],
    [
      'registered',
      registry === null
        ? undefined
        : `${registry.status}${registry.validUntil === null ? '' : `, until ${dateTime(registry.validUntil)}`}`,
    ],
  ]
  const lines = facts.flatMap(([name, value]) => (value ? [`${name.padEnd(12)} ${value}`] : []))
  return [listText([device], asking), '', ...lines].join('\n')
}

const ask =
  (method: string, paramsOf: (options: Record<string, unknown>) => Record<string, unknown> = () => ({})) =>
  (device: string, options: Record<string, unknown>, command: Command) =>
    withHub(command, async (asking) => {
      const params = { device, by: asking.by, ...paramsOf(options) }
      const row = await asking.control.request<Device>(method, params)
      asking.say(row, () => showText(row, asking))
    })

const addRegistration = (devices: Command): void => {
  devices
    .command('add')
    .description('give a declared device a one-time claim code')
    .argument('<device>', 'its name in the branch file')
    .addHelpText(
      'after',
      '\nExample:\n  usher devices add robot-1    type the code into the robot, then approve it',
    )
    .action((device: string, _: unknown, command: Command) =>
      withHub(command, async ({ control, by, say }) => {
        const invited = await control.request<{ code: string; until: number }>('devices.invite', {
          device,
          by,
        })
        say(
          invited,
          () =>
            `Claim code for ${device}: ${invited.code}\nGood once, until ${dateTime(invited.until)}. It is not shown again.\n` +
            `When the device has presented it: usher devices approve ${device}`,
        )
      }),
    )
  devices
    .command('approve')
    .description('let a device in that has presented its claim code')
    .argument('<device>')
    .action((device: string, _: unknown, command: Command) =>
      withHub(command, async ({ control, by, say }) => {
        const done = await control.request<{ fingerprint: string; validUntil: number }>('devices.approve', {
          device,
          by,
        })
        say(
          done,
          () => `${device} is in, until ${dateTime(done.validUntil)}.\nFingerprint ${done.fingerprint}`,
        )
      }),
    )
  devices
    .command('revoke')
    .description('throw a device out: its credential is void and its connection is closed')
    .argument('<device>')
    .option('--reason <text>', 'kept in the journal', 'by hand')
    .action(ask('devices.revoke', ({ reason }) => ({ reason })))
}

export const addDevices = (program: Command): void => {
  const devices = program.command('devices').description('who may connect, who is there, who may be sent')
  devices
    .command('list')
    .description('every device with its link, health and willingness')
    .action((_: unknown, command: Command) =>
      withHub(command, async (asking) => {
        const rows = await asking.control.request<readonly Device[]>('devices.list')
        asking.say(rows, () => listText(rows, asking))
      }),
    )
  devices.command('show').description('one device in full').argument('<device>').action(ask('devices.show'))
  addDeclare(devices)
  addRegistration(devices)
  addPair(devices)
  addRemote(devices)
  addFirmware(devices)
  addScore(devices)
  devices
    .command('hold')
    .description('take a device away from the hub: its tasks are cancelled, and it gets no others')
    .argument('<device>')
    .option('--for <duration>', 'for so long (10m, 2h); else until released', parseDuration)
    .action(ask('devices.hold', (options) => ({ forMs: options['for'] ?? null })))
  devices.command('release').description('give it back').argument('<device>').action(ask('devices.release'))
  devices
    .command('out-of-service')
    .description('not to be sent until released')
    .argument('<device>')
    .action(ask('devices.out-of-service'))
}
