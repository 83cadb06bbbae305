/** `usher devices approve-firmware` and `decline-firmware`: a person's word on firmware that is on probation. */
import type { Command } from 'commander'
import { UsherError } from '#protocol/errors.ts'
import type { DeviceRow, FirmwareRow } from '#protocol/model.ts'
import { table } from '../io/table.ts'
import { withHub } from '../io/with-hub.ts'

interface Judged extends Partial<DeviceRow> {
  readonly id: string
}

interface Wishes {
  readonly model?: string
  readonly firmware?: string
}

/** The version, with its standing where a person should know it. */
export const firmwareText = (firmware: FirmwareRow | undefined): string => {
  if (firmware === undefined) return ''
  const { version, standing } = firmware
  const marked = standing === 'probation' || standing === 'declined' ? ` (${standing})` : ''
  return `${version ?? '?'}${marked}`
}

const questionOf = (device: string | undefined, { model, firmware }: Wishes) => {
  if (device !== undefined && model === undefined)
    return { device, ...(firmware !== undefined && { firmware }) }
  if (device === undefined && model !== undefined && firmware !== undefined) return { model, firmware }
  throw new UsherError('command.invalid', 'Name one device, or --model and --firmware.')
}

const judgedText = (rows: readonly Judged[], { model, firmware }: Wishes): string =>
  rows.length === 0
    ? `No ${model} runs ${firmware} now. It holds for those that come with it.`
    : table(rows, [
        { title: 'device', cell: ({ id }) => id },
        { title: 'model', cell: ({ firmware: now }) => now?.model },
        { title: 'firmware', cell: ({ firmware: now }) => now?.version },
        { title: 'standing', cell: ({ firmware: now }) => now?.standing },
        { title: 'by', cell: ({ firmware: now }) => now?.by },
      ])

const addJudgement = (devices: Command, word: 'approve' | 'decline', description: string): void => {
  const name = `${word}-firmware`
  devices
    .command(name)
    .description(description)
    .argument('[device]', 'one device, as it is now')
    .option('--model <model>', 'all devices of this model, also those that come to it later')
    .option('--firmware <version>', 'with --model: which one; with a device: only if it still runs it')
    .addHelpText(
      'after',
      `\nExamples:\n  usher devices ${name} robot-1\n  usher devices ${name} --model Walker --firmware 2.0.0`,
    )
    .action((device: string | undefined, wishes: Wishes, command: Command) =>
      withHub(command, async ({ control, by, say }) => {
        const question = { ...questionOf(device, wishes), by }
        const rows = await control.request<readonly Judged[]>(`devices.${name}`, question)
        say(rows, () => judgedText(rows, wishes))
      }),
    )
}

export const addFirmware = (devices: Command): void => {
  addJudgement(devices, 'approve', 'trust new firmware: it is no longer on probation')
  addJudgement(devices, 'decline', 'not to be sent while it runs this firmware')
}
