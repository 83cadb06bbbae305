/** `usher flows deploy`, `rollback`, `history`: another version of a flow comes in force while the branch runs. */
import { type Command, Option } from 'commander'
import type { Deployment } from '#hub/deploy/deployer.ts'
import { UsherError } from '#protocol/errors.ts'
import { table } from '../io/table.ts'
import { dateTime } from '../io/time.ts'
import { withHub } from '../io/with-hub.ts'

interface DeployWishes {
  readonly running?: 'migrate' | 'finish'
  readonly revision?: number
}

interface HistoryRow {
  readonly flow: string
  readonly version: number
  readonly digest: string | null
  readonly at: number
  readonly by: string
  readonly state: 'in-force' | 'finishing' | 'former' | 'rolled-back'
  readonly running: number
}

const digestText = (digest: string | null): string => (digest === null ? 'as shipped' : digest.slice(0, 12))

const instancesText = ({ instances, version }: Deployment): string => {
  const older = Object.entries(instances).filter(([one]) => Number(one) !== version)
  const here = `${instances[version] ?? 0} running on it`
  return older.length === 0
    ? `${here}.`
    : `${here}; ${older.map(([one, count]) => `${count} finish on version ${one}`).join(', ')}.`
}

const deploymentText = (made: Deployment): string => {
  const { flow, version, from, digest, report } = made
  const meant = report?.findings.filter(({ excused }) => excused !== null) ?? []
  return [
    `${flow} version ${version} (${digestText(digest)}) is in force${from === null ? '' : `, after version ${from}`}: ${instancesText(made)}`,
    ...meant.map(({ code, at, excused }) => `meant so: ${code} at ${at}: ${excused}`),
  ].join('\n')
}

const running = () =>
  new Option(
    '--running <how>',
    'what runs now: brought over, or left to finish (default: as the flow says)',
  ).choices(['migrate', 'finish'])

const revisionHelp = 'refuse if somebody else has deployed it since'

const addDeployCommand = (flows: Command): void => {
  flows
    .command('deploy')
    .description('check the flow of a folder and bring it in force between two commits')
    .argument('<dir>', 'folder of one flow')
    .addOption(running())
    .option('--revision <n>', revisionHelp, Number)
    .addHelpText(
      'after',
      '\nExamples:\n  usher flows check my-flows/greeting --against data\n  usher flows deploy my-flows/greeting --by head-office',
    )
    .action(async (dir: string, wishes: DeployWishes, command: Command) => {
      const { flowFoldersIn } = await import('#hub/deploy/flow-folder.ts')
      const folders = flowFoldersIn(dir)
      const [folder] = folders
      if (folder === undefined || folders.length > 1)
        throw new UsherError('flow.folder', `${dir} holds ${folders.length} flows; deploy them one by one.`)
      const { files } = folder.source
      await withHub(command, async ({ control, by, say }) => {
        const made = await control.request<Deployment>('flows.deploy', { files, by, ...wishes })
        say(made, () => deploymentText(made))
      })
    })
}

export const addDeploy = (flows: Command): void => {
  addDeployCommand(flows)
  flows
    .command('rollback')
    .description('bring the former version of a flow back in force')
    .argument('<flow>')
    .addOption(running())
    .option('--revision <n>', revisionHelp, Number)
    .action((flow: string, wishes: DeployWishes, command: Command) =>
      withHub(command, async ({ control, by, say }) => {
        const made = await control.request<Deployment>('flows.rollback', { flow, by, ...wishes })
        say(made, () => deploymentText(made))
      }),
    )
  flows
    .command('history')
    .description('which versions of a flow were in force, since when, and by whom')
    .argument('[flow]')
    .action((flow: string | undefined, _: unknown, command: Command) =>
      withHub(command, async ({ control, say }) => {
        const rows = await control.request<readonly HistoryRow[]>('flows.history', { ...(flow && { flow }) })
        say(rows, () =>
          rows.length === 0
            ? 'Every flow is as shipped.'
            : table(rows, [
                { title: 'flow', cell: (row) => row.flow },
                { title: 'version', cell: (row) => row.version },
                { title: 'source', cell: (row) => digestText(row.digest) },
                { title: 'is', cell: (row) => row.state },
                { title: 'running', cell: (row) => row.running },
                { title: 'since', cell: (row) => dateTime(row.at) },
                { title: 'by', cell: (row) => row.by },
              ]),
        )
      }),
    )
}
