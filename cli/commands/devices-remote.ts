/** `usher devices remote`: a screen says who it is, loads its page again, sets its volume, sends a picture of itself. */
import { randomBytes } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { Argument, type Command, InvalidArgumentError } from 'commander'
import type { TaskRow } from '#hub/dispatch/rows.ts'
import { UsherError } from '#protocol/errors.ts'
import { type RemoteAction, remoteActions } from '#protocol/remote.ts'
import { type Asking, withHub } from '../io/with-hub.ts'

interface Wish {
  readonly percent?: number
  readonly anyway?: true
  readonly out?: string
}

interface Asked {
  readonly device: string
  readonly action: RemoteAction
  readonly wish: Wish
}

const examples = `
Examples:
  usher devices remote screen-waiting-1 identify
  usher devices remote screen-waiting-1 reload --anyway
  usher devices remote screen-waiting-1 volume --percent 30
  usher devices remote screen-waiting-1 screenshot --out waiting.jpg

The device has to be connected, and the branch file to list x-usher-<action> where it lists capabilities.`

const parsePercent = (text: string): number => {
  const percent = Number(text)
  if (!/^\d+$/.test(text) || percent > 100) throw new InvalidArgumentError('From 0 to 100.')
  return percent
}

const check = ({ action, wish: { percent, anyway, out } }: Asked) => {
  if (percent !== undefined && action !== 'volume')
    throw new UsherError('command.invalid', '--percent goes with volume.')
  if (anyway === true && action !== 'reload')
    throw new UsherError('command.invalid', '--anyway goes with reload.')
  if (out === undefined) return
  if (action !== 'screenshot') throw new UsherError('command.invalid', '--out goes with screenshot.')
  if (existsSync(out)) throw new UsherError('file.exists', out)
}

/** What an impatient person sees meanwhile; the answer alone goes to where answers go. */
const showProgress = ({ phase, waitingFor }: TaskRow) =>
  console.error(waitingFor === null ? `  ${phase}` : `  ${phase}: ${waitingFor}`)

const followed = async (asking: Asking, { device, action, wish }: Asked): Promise<TaskRow> => {
  const { control, by } = asking
  const rows = control.stream<TaskRow>('devices.remote', {
    device,
    action,
    ...(wish.percent !== undefined && { percent: wish.percent }),
    anyway: wish.anyway === true,
    request: `remote-${randomBytes(8).toString('hex')}`,
    by,
  })
  let last: TaskRow | undefined
  for await (const row of rows) {
    if (!asking.json && row.phase !== last?.phase) showProgress(row)
    last = row
  }
  if (last === undefined) throw new UsherError('hub.stopping')
  return last
}

const resultOf = async ({ tongue }: Asking, { device }: Asked, task: TaskRow) => {
  if (task.phase === 'done') return task.result ?? {}
  const { sayWhy } = await import('../words/why.ts')
  const code = task.attempts.at(-1)?.code ?? task.endReason ?? task.phase
  throw new UsherError(
    'task.not-eligible',
    `${device}: ${task.phase}, ${sayWhy({ code }, tongue)}. More: usher explain --task ${task.id}`,
  )
}

const endings: Readonly<Record<string, string>> = { jpeg: 'jpg', png: 'png' }

/** @returns the file. */
const savePicture = ({ device, wish }: Asked, image: unknown): string => {
  const [, type = '', data = ''] =
    /^data:image\/(jpeg|png);base64,(.+)$/s.exec(typeof image === 'string' ? image : '') ?? []
  if (data === '') throw new UsherError('task.not-eligible', `${device} answered without a picture.`)
  const file = wish.out ?? `${device}.${endings[type] ?? type}`
  try {
    writeFileSync(file, Buffer.from(data, 'base64'), { flag: 'wx', mode: 0o600 })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST')
      throw new UsherError('file.exists', file, { cause })
    throw cause
  }
  return file
}

const words: Readonly<
  Record<
    Asking['tongue'],
    Readonly<Record<RemoteAction, (device: string, result: TaskRow['result'] & object) => string>>
  >
> = {
  en: {
    identify: (device) => `${device} shows its name.`,
    reload: (device, { reloads }) =>
      reloads === false
        ? `${device} has the newest page already. To load it again all the same: --anyway`
        : `${device} loads its page again.`,
    volume: (device, { percent }) => `${device}: volume ${String(percent)} %`,
    screenshot: (device, { file }) => `What ${device} shows is in ${String(file)}.`,
  },
  zh: {
    identify: (device) => `${device} 正在显示自己的名称。`,
    reload: (device, { reloads }) =>
      reloads === false
        ? `${device} 的页面已是最新。仍要重新加载请加 --anyway`
        : `${device} 正在重新加载页面。`,
    volume: (device, { percent }) => `${device}：音量 ${String(percent)}%`,
    screenshot: (device, { file }) => `${device} 的画面已存入 ${String(file)}。`,
  },
}

const remote = async (asking: Asking, asked: Asked) => {
  check(asked)
  const { device, action } = asked
  const task = await followed(asking, asked)
  const told = await resultOf(asking, asked, task)
  const result = action === 'screenshot' ? { file: savePicture(asked, told['image']) } : told
  asking.say({ device, action, task: task.id, ...result }, () => words[asking.tongue][action](device, result))
}

export const addRemote = (devices: Command): void => {
  devices
    .command('remote')
    .description('ask a screen to do something to itself, and wait for its answer')
    .argument('<device>')
    .addArgument(new Argument('<action>').choices(remoteActions))
    .option('--percent <n>', 'volume: from 0 to 100; without it the screen only tells', parsePercent)
    .option('--anyway', 'reload: also where there is no newer page')
    .option('--out <file>', 'screenshot: into this new file; else DEVICE.jpg or DEVICE.png here')
    .addHelpText('after', examples)
    .action((...[device, action, wish, command]: [string, RemoteAction, Wish, Command]) =>
      withHub(command, (asking) => remote(asking, { device, action, wish })),
    )
}
