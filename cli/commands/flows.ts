/** `usher flows`: what is shipped, how each is set, and whether each is sound. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import { UsherError } from '#protocol/errors.ts'
import type { FlowSettingRow } from '#protocol/model.ts'
import { titled } from '../io/language.ts'
import { type Column, table } from '../io/table.ts'
import { dateTime } from '../io/time.ts'
import { type Asking, sharedOf, withHub } from '../io/with-hub.ts'
import { addDeploy } from './flow-deploy.ts'
import { addProposals } from './flow-proposals.ts'

interface ShownFlow {
  readonly id: string
  /** In a block without of a measuring plan: see `usher effect show`. */
  readonly resting: boolean
  readonly version: number
  /** SHA-256 of its source; null: as shipped. */
  readonly digest: string | null
  /** Older versions with instances left. */
  readonly finishing: readonly number[]
  readonly title: Readonly<Record<string, string>>
  readonly purpose: Readonly<Record<string, string>>
  readonly modes: Readonly<Record<string, string>>
  readonly pausable: boolean
  /** null: as shipped. */
  readonly setting: FlowSettingRow | null
  readonly policy: Readonly<Record<string, unknown>>
  readonly running: readonly string[]
  readonly parked: readonly { readonly key: string; readonly reason: string | null }[]
}

/** Told only where somebody has deployed something. */
const deployedColumns = (flows: readonly ShownFlow[]): readonly Column<ShownFlow>[] =>
  flows.some(({ digest, finishing }) => digest !== null || finishing.length > 0)
    ? [
        { title: 'source', cell: ({ digest }) => (digest === null ? 'shipped' : digest.slice(0, 12)) },
        { title: 'finishing', cell: ({ finishing }) => finishing.map((version) => `v${version}`).join(' ') },
      ]
    : []

/** Beyond head office's bounds they are two. */
const settersOf = ({ setBy, approvedBy }: FlowSettingRow): string =>
  approvedBy == null ? setBy : `${setBy}, ${approvedBy}`
const reasonOf = ({ reason }: FlowSettingRow): string => (reason == null ? '' : ` (${reason})`)

const listText = (flows: readonly ShownFlow[], { tongue }: Asking): string =>
  table(flows, [
    { title: 'flow', cell: ({ id }) => id },
    { title: 'name', cell: ({ title }) => titled(title, tongue) },
    { title: 'version', cell: ({ version }) => version },
    {
      title: 'is',
      cell: ({ setting, resting }) => (resting ? 'resting (effect)' : (setting?.autonomy ?? 'automatic')),
    },
    { title: 'set by', cell: ({ setting }) => (setting === null ? 'as shipped' : settersOf(setting)) },
    { title: 'running', cell: ({ running }) => running.length },
    { title: 'parked', cell: ({ parked }) => parked.length },
    ...deployedColumns(flows),
  ])

const showText = (flow: ShownFlow, asking: Asking): string => {
  const { setting, modes, parked, purpose } = flow
  const policy = Object.entries(flow.policy).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`)
  return [
    listText([flow], asking),
    '',
    titled(purpose, asking.tongue),
    `Modes: ${Object.entries(modes)
      .map(([mode, does]) => `${mode} ${does}`)
      .join(', ')}`,
    setting === null
      ? 'Policy, as shipped:'
      : `Policy, revision ${setting.revision}, set by ${settersOf(setting)} on ${dateTime(setting.setAt)}${reasonOf(setting)}:`,
    ...policy,
    ...parked.map(({ key, reason }) => `Parked: ${key}: ${reason ?? ''}`),
  ].join('\n')
}

/** `holdMs=3000`; the value is JSON, or a word. */
const parseSetting = (
  text: string,
  before: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> => {
  const [, name, value] = /^([A-Za-z][A-Za-z0-9]*)=(.*)$/s.exec(text) ?? []
  if (name === undefined || value === undefined) throw new InvalidArgumentError('Write name=value.')
  try {
    return { ...before, [name]: JSON.parse(value) as unknown }
  } catch {
    return { ...before, [name]: value }
  }
}

interface SetWishes {
  readonly autonomy?: string
  readonly policy?: Readonly<Record<string, unknown>>
  readonly revision?: number
}

const addSet = (flows: Command): void => {
  flows
    .command('set')
    .description('change how a flow is set; running work goes on')
    .argument('<flow>')
    .addOption(
      new Option('--autonomy <how>', 'off, on suggestion, or automatic').choices([
        'off',
        'suggest',
        'automatic',
      ]),
    )
    .option('--policy <name=value>', 'one setting of its policy; may be repeated', parseSetting)
    .option('--revision <n>', 'refuse if somebody else has changed it since', Number)
    .addHelpText(
      'after',
      '\nExamples:\n  usher flows set greeting --autonomy suggest\n  usher flows set diversion --policy holdMs=20000 --by manager-1',
    )
    .action((flow: string, { autonomy, policy, revision }: SetWishes, command: Command) =>
      withHub(command, async (asking) => {
        if (autonomy === undefined && policy === undefined)
          throw new UsherError('command.invalid', 'Name --autonomy or --policy.')
        const shown = await asking.control.request<ShownFlow>('flows.set', {
          flow,
          autonomy: autonomy ?? null,
          policy: policy ?? null,
          by: asking.by,
          ...(revision !== undefined && { revision }),
        })
        asking.say(shown, () => showText(shown, asking))
      }),
    )
}

export const addFlows = (program: Command): void => {
  const flows = program.command('flows').description('the decisions that are shipped, and how each is set')
  flows
    .command('list')
    .description('every flow with its setting and what of it runs')
    .action((_: unknown, command: Command) =>
      withHub(command, async (asking) => {
        const rows = await asking.control.request<readonly ShownFlow[]>('flows.list')
        asking.say(rows, () => listText(rows, asking))
      }),
    )
  flows
    .command('show')
    .description('one flow: its policy, its modes, what is parked')
    .argument('<flow>')
    .action((flow: string, _: unknown, command: Command) =>
      withHub(command, async (asking) => {
        const shown = await asking.control.request<ShownFlow>('flows.show', { flow })
        asking.say(shown, () => showText(shown, asking))
      }),
    )
  addSet(flows)
  addProposals(flows)
  flows
    .command('check')
    .description('is every shipped flow sound, or every flow of a folder? needs no hub')
    .argument('[dir]', 'a flow folder, or a folder of them')
    .option(
      '--against <where>',
      'data directory of a running hub, or a recorded day: can what is stored go on?',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  usher flows check\n  usher flows check my-flows/greeting --against /var/lib/usher',
    )
    .action(async (directory: string | undefined, { against }: { against?: string }, command: Command) => {
      const { runFlowCheck } = await import('../flows/check.ts')
      const json = sharedOf(command).json === true
      await runFlowCheck({ json, ...(directory && { directory }), ...(against && { against }) })
    })
  addDeploy(flows)
  flows
    .command('diagram')
    .description('the states of a flow as Mermaid text; needs no hub')
    .argument('<flow>')
    .action(async (id: string) => {
      const [{ flows: shipped }, { diagram }] = await Promise.all([
        import('#flows/index.ts'),
        import('#flows/diagram.ts'),
      ])
      const flow = shipped.find((one) => one.id === id)
      if (flow === undefined) throw new UsherError('flow.unknown', id)
      console.log(diagram(flow.machine))
    })
}
