/** `usher staff accounts …`: who may sign in at the desk, given and taken by whoever may use the hub's own socket. */
import { type Command, InvalidArgumentError } from 'commander'
import type { ShownLink } from '#hub/ops/methods/accounts.ts'
import type { AccountView } from '#protocol/desk/account.ts'
import { type DeskRole, deskRoles } from '#protocol/desk/roles.ts'
import { titled } from '../io/language.ts'
import { table } from '../io/table.ts'
import { clockTime } from '../io/time.ts'
import { type Asking, withHub } from '../io/with-hub.ts'

const examples = `
Examples:
  usher staff invite lobby-1 --roles manager     a link that works once, within a day
  usher staff invite it-1 --roles admin,manager
  usher staff reset lobby-1                      a new link; the old password is gone at once
  usher staff disable lobby-1                    signed out everywhere, and stays out

An account has the id of its person in the branch file, where there is one: what somebody does at the desk stands in the
journal under the name that duties, claims and tasks have. An auditor has no other role.`

const parseRoles = (text: string): readonly DeskRole[] => {
  const roles = text.split(',').map((role) => role.trim())
  const unknown = roles.find((role) => !deskRoles.some((known) => known === role))
  if (unknown !== undefined)
    throw new InvalidArgumentError(`${unknown} is no role; there are ${deskRoles.join(', ')}.`)
  return roles as DeskRole[]
}

const accountsText = (accounts: readonly AccountView[], { tongue }: Asking): string =>
  accounts.length === 0
    ? 'Nobody has an account yet.'
    : table(accounts, [
        { title: 'account', cell: ({ name }) => name },
        { title: 'name', cell: ({ title }) => titled(title, tongue) },
        { title: 'roles', cell: ({ roles }) => roles.join(', ') },
        { title: 'state', cell: ({ state }) => state },
        { title: 'signed in', cell: ({ sessions }) => sessions },
      ])

const linkText = ({ name, link, until }: ShownLink): string =>
  `For ${name}, good once, for a day (until ${clockTime(until)}):\n\n  ${link}\n\nHand it over yourself: whoever opens it first chooses the password.`

const sayList = async (asking: Asking, method: string, params: object = {}) => {
  const accounts = await asking.control.request<readonly AccountView[]>(method, { by: asking.by, ...params })
  asking.say(accounts, () => accountsText(accounts, asking))
}

const sayLink = async (asking: Asking, method: string, params: object) => {
  const link = await asking.control.request<ShownLink>(method, { by: asking.by, ...params })
  asking.say(link, () => linkText(link))
}

const rolesOption = ['--roles <roles>', `some of ${deskRoles.join(', ')}, with commas`] as const

interface WithRoles {
  readonly roles: readonly DeskRole[]
}

export const addStaffAccounts = (staff: Command): void => {
  staff
    .command('accounts')
    .description('who may sign in at the desk')
    .action((_: unknown, command: Command) => withHub(command, (asking) => sayList(asking, 'accounts.list')))
  staff
    .command('invite')
    .description('give somebody an account, by a link that works once')
    .argument('<account>', 'the id of the person in the branch file, or another name')
    .requiredOption(...rolesOption, parseRoles)
    .addHelpText('after', examples)
    .action((name: string, { roles }: WithRoles, command: Command) =>
      withHub(command, (asking) => sayLink(asking, 'accounts.invite', { name, roles })),
    )
  staff
    .command('roles')
    .description('give an account other roles; whoever has it signs in again')
    .argument('<account>')
    .requiredOption(...rolesOption, parseRoles)
    .action((name: string, { roles }: WithRoles, command: Command) =>
      withHub(command, (asking) => sayList(asking, 'accounts.roles', { name, roles })),
    )
  for (const [word, text] of [
    ['disable', 'sign somebody out everywhere, and let nobody in under this name'],
    ['enable', 'let a disabled account sign in again'],
  ] as const)
    staff
      .command(word)
      .description(text)
      .argument('<account>')
      .action((name: string, ...[, command]: [unknown, Command]) =>
        withHub(command, (asking) => sayList(asking, `accounts.${word}`, { name })),
      )
  staff
    .command('reset')
    .description('take the password away, and give a new link')
    .argument('<account>')
    .action((name: string, ...[, command]: [unknown, Command]) =>
      withHub(command, (asking) => sayLink(asking, 'accounts.reset', { name })),
    )
}
