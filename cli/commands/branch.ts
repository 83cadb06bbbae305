/** The last word of a person: the mode of the branch, pause, movement, and the end of an emergency. */
import { Argument, type Command } from 'commander'
import { type BranchRow, modes } from '#protocol/model.ts'
import { ago, clockTime, dateTime, parseDuration } from '../io/time.ts'
import { withHub } from '../io/with-hub.ts'

const branchText = ({ mode, modeBy, modeAt, paused, stopped, revision }: BranchRow): string =>
  [
    `mode      ${mode}, set by ${modeBy} on ${dateTime(modeAt)}`,
    `paused    ${paused === null ? 'no' : `by ${paused.by}${paused.until === null ? '' : `, until ${clockTime(paused.until)} (${ago(paused.until - Date.now())})`}`}`,
    `movement  ${stopped === null ? 'allowed' : `stopped by ${stopped.by} on ${dateTime(stopped.at)}`}`,
    `revision  ${revision}`,
  ].join('\n')

const order = (command: Command, method: string, params: Record<string, unknown> = {}) =>
  withHub(command, async ({ control, by, say }) => {
    const row = await control.request<BranchRow>(method, { ...params, by })
    say(row, () => branchText(row))
  })

interface ShownBranch {
  readonly branch: BranchRow | null
}

export const addBranch = (program: Command): void => {
  program
    .command('mode')
    .description('what the branch is doing now; with a mode, set it')
    .addArgument(new Argument('[mode]').choices(modes))
    .addHelpText('after', '\nExamples:\n  usher mode\n  usher mode cash-delivery --by manager-1')
    .action((mode: string | undefined, _: unknown, command: Command) =>
      mode === undefined
        ? withHub(command, async ({ control, say }) => {
            const { branch } = await control.request<ShownBranch>('branch.show')
            say(branch, () => (branch === null ? 'No branch file is in force yet.' : branchText(branch)))
          })
        : order(command, 'branch.mode', { mode }),
    )
  program
    .command('pause')
    .description(
      'begin nothing new; what runs is finished, what waits expires. Assistance, device care and emergency go on',
    )
    .option('--for <duration>', 'for so long (10m, 1h); else until `usher resume`', parseDuration)
    .action((options: { for?: number }, command: Command) =>
      order(command, 'branch.pause', { forMs: options.for ?? null }),
    )
  for (const [word, about] of [
    ['resume', 'go on after a pause'],
    ['stop-movement', 'every robot stops where it is, and stays until movement is allowed'],
    ['allow-movement', 'robots may move again'],
    ['end-emergency', 'back to the mode before the emergency; only ever by hand'],
  ] as const)
    program
      .command(word)
      .description(about)
      .action((_: unknown, command: Command) => order(command, `branch.${word}`))
}
