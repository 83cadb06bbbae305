/** Accounts of the desk, as the command line manages them: the way in where nobody can sign in any more. */
import { z } from 'zod'
import { AccountName } from '#protocol/desk/account.ts'
import { DeskRoles } from '#protocol/desk/roles.ts'
import { Id } from '#protocol/ids.ts'
import type { Link } from '../../desk/accounts.ts'
import type { Desk } from '../../desk/desk.ts'
import { linkPath } from '../../desk/link-path.ts'
import type { Handler } from '../control.ts'
import { method } from './method.ts'

export interface ShownLink {
  readonly name: string
  /** To be opened once, in a browser that reaches the hub. */
  readonly link: string
  readonly until: number
}

const By = Id.default('operator')
const Named = z.object({ name: AccountName, by: By })
const WithRoles = Named.extend({ roles: DeskRoles })

export const accountMethods = (desk: Desk): Record<string, Handler> => {
  const shown = ({ name, code, until }: Link): ShownLink => ({
    name,
    link: desk.addressOf(linkPath(code)),
    until,
  })
  const listed = async (changed: Promise<void>) => {
    await changed
    return desk.open().accounts.list()
  }
  return {
    'accounts.list': method(z.object({}), async () => desk.open().accounts.list()),
    'accounts.invite': method(WithRoles, async (wish) => shown(await desk.open().accounts.invite(wish))),
    'accounts.reset': method(Named, async (wish) => shown(await desk.open().accounts.reset(wish))),
    'accounts.roles': method(WithRoles, (wish) => listed(desk.open().accounts.setRoles(wish))),
    'accounts.disable': method(Named, (wish) => listed(desk.open().accounts.disable(wish))),
    'accounts.enable': method(Named, (wish) => listed(desk.open().accounts.enable(wish))),
  }
}
