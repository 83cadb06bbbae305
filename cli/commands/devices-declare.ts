/** `usher devices declare`: one more device in the branch file in force, without opening it in an editor. */
import { type Command, Option } from 'commander'
import { DeviceKind } from '#protocol/device-kinds.ts'
import { UsherError } from '#protocol/errors.ts'
import { type Asking, withHub } from '../io/with-hub.ts'

interface Wish {
  readonly kind: string
  readonly zone?: string
  readonly place?: string
  readonly zh?: string
  readonly en?: string
}

interface Shown {
  readonly file: { readonly devices: readonly { readonly id: string }[] } | null
  readonly revision: number
}

const words: Readonly<Record<Asking['tongue'], (device: string, revision: number) => string>> = {
  en: (device, revision) =>
    `${device} is declared; the branch file is revision ${revision} now. Give it a claim code: usher devices add ${device}`,
  zh: (device, revision) =>
    `已登记 ${device}；网点文件现为第 ${revision} 版。获取认领码：usher devices add ${device}`,
}

const example = `
Example:
  usher devices declare acme-robot --kind robot --zone entrance

It stands in the branch file in force (usher config show). A file that is changed on the disk later replaces that.`

const declare = async ({ control, by, tongue, say }: Asking, device: string, wish: Wish) => {
  const { file, revision } = await control.request<Shown>('config.show')
  if (file === null) throw new UsherError('branch.no-file', device)
  if (file.devices.some(({ id }) => id === device)) throw new UsherError('device.declared', device)
  const { kind, zone, place, zh, en } = wish
  const row = {
    id: device,
    kind,
    title: { zh: zh ?? device, en: en ?? device },
    ...(zone !== undefined && { zone }),
    ...(place !== undefined && { place }),
  }
  // JSON is YAML, and nothing of it is read differently.
  const text = JSON.stringify({ ...file, devices: [...file.devices, row] })
  const branch = await control.request<{ revision: number }>('config.apply', { text, revision, by })
  say({ device: row, revision: branch.revision }, () => words[tongue](device, branch.revision))
}

export const addDeclare = (devices: Command): void => {
  devices
    .command('declare')
    .description('add a device to the branch file in force')
    .argument('<device>', 'its name: lower-case letters, digits and dashes')
    .addOption(new Option('--kind <kind>', 'what it is').choices(DeviceKind.options).makeOptionMandatory())
    .option('--zone <zone>', 'the zone it stands in')
    .option('--place <place>', 'the place it stands at')
    .option('--zh <name>', 'what people call it, in Chinese')
    .option('--en <name>', 'what people call it, in English')
    .addHelpText('after', example)
    .action((device: string, wish: Wish, command: Command) =>
      withHub(command, (asking) => declare(asking, device, wish)),
    )
}
