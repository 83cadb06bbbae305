/** `usher tasks`: what is being done, by whom, and a person's own answers. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import { type TaskRow, taskPhases } from '#hub/dispatch/rows.ts'
import { table } from '../io/table.ts'
import { ago, clockTime, dateTime } from '../io/time.ts'
import { cutTo } from '../io/width.ts'
import { type Asking, withHub } from '../io/with-hub.ts'

/** Longer than any note. */
const textMax = 400

const memberOf = ({ attempts }: TaskRow) => attempts.at(-1)?.member ?? ''

const listText = async (tasks: readonly TaskRow[], { tongue }: Asking): Promise<string> => {
  if (tasks.length === 0) return 'No tasks.'
  const { sayWhy } = await import('../words/why.ts')
  return table(tasks, [
    { title: 'task', cell: ({ id }) => id },
    { title: 'since', cell: ({ createdAt }) => clockTime(createdAt) },
    { title: 'flow', cell: ({ flow }) => flow },
    { title: 'what', cell: ({ intent }) => intent.capability },
    {
      title: 'about',
      cell: ({ intent: { subject } }) =>
        subject.ticket ?? subject.visit ?? subject.campaign ?? subject.zone ?? subject.device,
    },
    { title: 'phase', cell: ({ phase, suggested }) => (suggested ? 'suggested' : phase) },
    { title: 'who', cell: memberOf },
    { title: 'why', cell: ({ intent }) => sayWhy(intent.because, tongue) },
  ])
}

/** A picture is not for reading. */
const shortened = (_: string, value: unknown) => (typeof value === 'string' ? cutTo(value, textMax) : value)

const showText = async (task: TaskRow, asking: Asking): Promise<string> => {
  const { sayWhy } = await import('../words/why.ts')
  const reason = task.endReason ?? task.waitingFor
  const attempts = task.attempts.map(
    ({ number, member, offeredAt, end, code }) =>
      `  ${number}. ${member}, asked ${clockTime(offeredAt)}: ${[end ?? 'open', code ?? ''].join(' ').trim()}`,
  )
  return [
    await listText([task], asking),
    '',
    `wanted      ${dateTime(task.createdAt)}; too late from ${dateTime(task.expiresAt)}`,
    `command     ${JSON.stringify(task.intent.command)}`,
    ...(reason === null ? [] : [`reason      ${sayWhy({ code: reason }, asking.tongue)}`]),
    ...(task.endedAt === null
      ? []
      : [`ended       ${dateTime(task.endedAt)}, after ${ago(task.endedAt - task.createdAt)}`]),
    ...(task.result === null ? [] : [`result      ${JSON.stringify(task.result, shortened)}`]),
    ...(attempts.length === 0 ? [] : ['attempts', ...attempts]),
    '',
    `Why this one, and why not the others: usher explain --task ${task.id}`,
  ].join('\n')
}

const parseLimit = (text: string): number => {
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000)
    throw new InvalidArgumentError('From 1 to 1000.')
  return limit
}

interface ListWishes {
  readonly all?: boolean
  readonly phase?: string
  readonly flow?: string
  readonly person?: string
  readonly limit: number
}

const addList = (tasks: Command): void => {
  tasks
    .command('list')
    .description('open tasks, the newest first')
    .option('--all', 'ended ones too')
    .addOption(new Option('--phase <phase>', 'only those').choices(taskPhases))
    .option('--flow <flow>', 'only of this flow')
    .option('--person <person>', 'only those asked of this person')
    .option('--limit <n>', 'at most so many', parseLimit, 50)
    .addHelpText(
      'after',
      '\nExamples:\n  usher tasks list --person lobby-1\n  usher tasks list --all --flow greeting --limit 10\n  usher tasks list --phase unknown    what nobody can know: look at these',
    )
    .action(({ phase, all, ...rest }: ListWishes, command: Command) =>
      withHub(command, async (asking) => {
        const wanted = { ...rest, all: all ?? false, ...(phase !== undefined && { phase: [phase] }) }
        const rows = await asking.control.request<readonly TaskRow[]>('tasks.list', wanted)
        const text = asking.json ? '' : await listText(rows, asking)
        asking.say(rows, () => text)
      }),
    )
  tasks
    .command('show')
    .description('one task in full')
    .argument('<task>')
    .action((task: string, _: unknown, command: Command) =>
      withHub(command, async (asking) => {
        const shown = await asking.control.request<{ task: TaskRow; decisions: unknown }>('tasks.show', {
          task,
        })
        const text = asking.json ? '' : await showText(shown.task, asking)
        asking.say(shown, () => text)
      }),
    )
}

interface Answer {
  readonly word: string
  readonly about: string
  readonly status: 'accepted' | 'refused' | 'started' | 'done' | 'failed'
}

const answers: readonly Answer[] = [
  { word: 'accept', about: 'a person takes the task they were asked', status: 'accepted' },
  { word: 'start', about: 'a person has begun', status: 'started' },
  { word: 'done', about: 'a person has done it', status: 'done' },
  { word: 'refuse', about: 'a person cannot; the next one is asked', status: 'refused' },
  { word: 'fail', about: 'a person tried and could not do it', status: 'failed' },
]

const change = async (asking: Asking, method: string, params: Record<string, unknown>) => {
  const row = await asking.control.request<TaskRow>(method, params)
  const text = asking.json ? '' : await listText([row], asking)
  asking.say(row, () => text)
}

const addAnswers = (tasks: Command): void => {
  for (const { word, about, status } of answers)
    tasks
      .command(word)
      .description(about)
      .argument('<task>')
      .requiredOption('--as <person>', 'whose answer this is')
      .option('--note <text>', 'what others should know')
      .addHelpText('after', `\nExample:\n  usher tasks ${word} task-1-42-0 --as lobby-1`)
      .action((task: string, options: { as: string; note?: string }, command: Command) =>
        withHub(command, (asking) =>
          change(asking, 'tasks.report', { task, by: options.as, status, note: options.note ?? null }),
        ),
      )
}

export const addTasks = (program: Command): void => {
  const tasks = program
    .command('tasks')
    .description('what is being done, by whom; and a person’s own answers')
  addList(tasks)
  tasks
    .command('cancel')
    .description('end it now; a device that has begun is told to stop')
    .argument('<task>')
    .option('--reason <text>', 'kept in the journal', 'by hand')
    .action((task: string, { reason }: { reason: string }, command: Command) =>
      withHub(command, (asking) => change(asking, 'tasks.cancel', { task, by: asking.by, reason })),
    )
  addAnswers(tasks)
  for (const [word, about] of [
    ['confirm', 'say yes to a suggestion'],
    ['dismiss', 'turn a suggestion down'],
  ] as const)
    tasks
      .command(word)
      .description(about)
      .argument('<task>')
      .action((task: string, _: unknown, command: Command) =>
        withHub(command, (asking) => change(asking, `tasks.${word}`, { task, by: asking.by })),
      )
}
