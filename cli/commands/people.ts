/** The people of the branch and what waits for them: staff, alerts, requests for a person. */
import { Argument, type Command } from 'commander'
import type { AlertRow, EscalationRow, StaffRow } from '#protocol/model.ts'
import { titled } from '../io/language.ts'
import { table } from '../io/table.ts'
import { clockTime } from '../io/time.ts'
import { type Asking, withHub } from '../io/with-hub.ts'
import { addStaffAccounts } from './staff-accounts.ts'

interface ShownBranch {
  readonly staff: readonly StaffRow[]
  readonly alerts: readonly AlertRow[]
  readonly escalations: readonly EscalationRow[]
}

const show = ({ control }: Asking) => control.request<ShownBranch>('branch.show')

const yes = (value: boolean) => (value ? 'yes' : 'no')

const staffText = (staff: readonly StaffRow[], { tongue }: Asking): string =>
  table(staff, [
    { title: 'person', cell: ({ id }) => id },
    { title: 'name', cell: ({ title }) => titled(title, tongue) },
    { title: 'roles', cell: ({ roles }) => roles.join(', ') },
    { title: 'on duty', cell: ({ onDuty }) => yes(onDuty) },
    { title: 'do not disturb', cell: ({ doNotDisturb }) => yes(doNotDisturb) },
    { title: 'serving', cell: ({ serving }) => serving },
    { title: 'zone', cell: ({ zone }) => zone },
  ])

const alertText = async (alerts: readonly AlertRow[], { tongue }: Asking): Promise<string> => {
  if (alerts.length === 0) return 'No alerts.'
  const { sayWhy } = await import('../words/why.ts')
  return table(alerts, [
    { title: 'alert', cell: ({ id }) => id },
    { title: 'priority', cell: ({ priority }) => priority },
    { title: 'since', cell: ({ since }) => clockTime(since) },
    { title: 'times', cell: ({ count }) => count },
    { title: 'what', cell: ({ code, params }) => sayWhy({ code, params }, tongue), widthMax: 60 },
    { title: 'about', cell: ({ key }) => key },
    {
      title: 'state',
      cell: ({ claimedBy, clearedAt }) => (clearedAt !== null ? 'over' : (claimedBy ?? 'open')),
    },
  ])
}

const escalationText = async (rows: readonly EscalationRow[], { tongue }: Asking): Promise<string> => {
  if (rows.length === 0) return 'No requests for a person.'
  const { sayWhy } = await import('../words/why.ts')
  return table(rows, [
    { title: 'request', cell: ({ id }) => id },
    { title: 'since', cell: ({ at }) => clockTime(at) },
    { title: 'why', cell: ({ reason }) => sayWhy({ code: reason }, tongue) },
    { title: 'zone', cell: ({ zone }) => zone },
    { title: 'about', cell: ({ ticket, visit, device }) => ticket ?? visit ?? device },
    { title: 'state', cell: ({ state }) => state },
  ])
}

const sayStaff = async (asking: Asking) => {
  const { staff } = await show(asking)
  asking.say(staff, () => staffText(staff, asking))
}

const sayAlerts = async (asking: Asking) => {
  const { alerts } = await show(asking)
  const text = await alertText(alerts, asking)
  asking.say(alerts, () => text)
}

const sayEscalations = async (asking: Asking) => {
  const { escalations } = await show(asking)
  const text = await escalationText(escalations, asking)
  asking.say(escalations, () => text)
}

/** Says what is, or changes something first and then says what is. */
const changing =
  (say: (asking: Asking) => Promise<void>, method: string, params: Record<string, unknown>) =>
  async (asking: Asking) => {
    await asking.control.request(method, { by: asking.by, ...params })
    await say(asking)
  }

const onOff = () => new Argument('<on|off>').choices(['on', 'off'])

const addStaff = (program: Command): void => {
  const staff = program
    .command('staff')
    .description('who is on duty, who must not be disturbed, and who may sign in')
  staff.command('list').action((_: unknown, command: Command) => withHub(command, sayStaff))
  staff
    .command('duty')
    .description('a person comes on duty, or goes off')
    .argument('<person>')
    .addArgument(onOff())
    .action((person: string, state: string, ...[, command]: [unknown, Command]) =>
      withHub(command, changing(sayStaff, 'staff.duty', { person, onDuty: state === 'on' })),
    )
  staff
    .command('dnd')
    .description('do not disturb: the person gets no new tasks')
    .argument('<person>')
    .addArgument(onOff())
    .action((person: string, state: string, ...[, command]: [unknown, Command]) =>
      withHub(command, changing(sayStaff, 'staff.do-not-disturb', { person, on: state === 'on' })),
    )
  addStaffAccounts(staff)
}

const addEscalations = (program: Command): void => {
  const escalations = program
    .command('escalations')
    .description('requests for a person that nobody on the spot could answer')
  escalations.command('list').action((_: unknown, command: Command) => withHub(command, sayEscalations))
  escalations
    .command('take')
    .argument('<request>')
    .requiredOption('--as <person>', 'who takes it')
    .action((escalation: string, options: { as: string }, command: Command) =>
      withHub(command, changing(sayEscalations, 'escalations.take', { escalation, by: options.as })),
    )
  escalations
    .command('end')
    .argument('<request>')
    .requiredOption('--as <person>', 'who ends it')
    .requiredOption('--outcome <text>', 'what came of it')
    .action((escalation: string, { as, outcome }: { as: string; outcome: string }, command: Command) =>
      withHub(command, changing(sayEscalations, 'escalations.end', { escalation, by: as, outcome })),
    )
}

export const addPeople = (program: Command): void => {
  addStaff(program)
  const alerts = program.command('alerts').description('what somebody should look at')
  alerts.command('list').action((_: unknown, command: Command) => withHub(command, sayAlerts))
  alerts
    .command('claim')
    .description('say that a person looks after it')
    .argument('<alert>')
    .requiredOption('--as <person>', 'who')
    .action((alert: string, options: { as: string }, command: Command) =>
      withHub(command, changing(sayAlerts, 'alerts.claim', { alert, by: options.as })),
    )
  addEscalations(program)
}
