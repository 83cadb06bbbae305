/** `usher devices pair`: a page that shows six characters becomes a device, also where nobody has a tablet at hand. */
import type { Command } from 'commander'
import { PairingCode } from '#protocol/desk/pairing-routes.ts'
import { UsherError } from '#protocol/errors.ts'
import { type Asking, withHub } from '../io/with-hub.ts'

interface Wish {
  readonly create?: true
  readonly zh?: string
  readonly en?: string
  readonly zone?: string
  readonly replace?: true
}

const words: Readonly<Record<Asking['tongue'], (device: string) => string>> = {
  en: (device) => `The page is let in as ${device}. See it come: usher devices show ${device}`,
  zh: (device) => `页面已作为 ${device} 接入。查看状态：usher devices show ${device}`,
}

const examples = `
Examples:
  usher devices pair K7M4Q2 screen-waiting-1
  usher devices pair K7M4Q2 screen-new --create --en 'By the window' --zone waiting

A page asks for its code by being opened: /screen or /kiosk at the address of the hub.`

const createOf = (device: string, { create, zh, en, zone }: Wish) => {
  if (create !== true) {
    if (zh === undefined && en === undefined && zone === undefined) return {}
    throw new UsherError('command.invalid', '--zh, --en and --zone go with --create.')
  }
  if (zone === undefined) throw new UsherError('command.invalid', 'A new device needs a --zone.')
  return { create: { title: { zh: zh ?? en ?? device, en: en ?? zh ?? device }, zone } }
}

const pair = async ({ control, by, tongue, say }: Asking, [typed, device]: [string, string], wish: Wish) => {
  const code = PairingCode.safeParse(typed)
  if (!code.success) throw new UsherError('command.invalid', `${typed} is no code: six letters and digits.`)
  const paired = await control.request<{ device: string }>('devices.pair', {
    code: code.data,
    device,
    ...createOf(device, wish),
    replace: wish.replace === true,
    by,
  })
  say(paired, () => words[tongue](paired.device))
}

export const addPair = (devices: Command): void => {
  devices
    .command('pair')
    .description('let a page in that shows six characters, as this device')
    .argument('<code>', 'as the screen or the kiosk shows it; any case')
    .argument('<device>', 'its name in the branch file')
    .option('--create', 'the branch does not have it yet')
    .option('--zone <zone>', 'with --create: the zone it stands in')
    .option('--zh <name>', 'with --create: what people call it, in Chinese')
    .option('--en <name>', 'with --create: what people call it, in English')
    .option('--replace', 'another page is this device: it is shut out')
    .addHelpText('after', examples)
    .action((...[code, device, wish, command]: [string, string, Wish, Command]) =>
      withHub(command, (asking) => pair(asking, [code, device], wish)),
    )
}
