/** `usher sales`: sales that are recorded, what was heard in them, and how the bank's speech engine comes in. */
import type { Command } from 'commander'
import type { SaleLine } from '#protocol/desk/sale-routes.ts'
import type { SaleReport } from '#protocol/recording/report.ts'
import { withHub } from '../io/with-hub.ts'

const help = `
Examples:
  usher sales list
  usher sales show sale-1-204-0
  usher sales speech-token                 the token for the bank's speech engine
  usher sales speech-token --new           another one; the old one is worth nothing from now on`

const addList = (sales: Command) =>
  sales
    .command('list')
    .description('sales of the last seven days: who sold what, and how it ended')
    .action((_: unknown, command: Command) =>
      withHub(command, async ({ control, say, tongue }) => {
        const { salesText } = await import('../sales/sales-text.ts')
        const lines = await control.request<readonly SaleLine[]>('sales.list', {})
        say(lines, () => salesText(lines, tongue))
      }),
    )

const addShow = (sales: Command) =>
  sales
    .command('show')
    .description(
      'the report of one sale: each item with its time and by whom, what was found and how it was settled',
    )
    .argument('<sale>', 'as usher sales list names it')
    .action((sale: string, _: unknown, command: Command) =>
      withHub(command, async ({ control, say, tongue }) => {
        const { reportText } = await import('../sales/sales-text.ts')
        const report = await control.request<SaleReport>('sales.show', { sale })
        say(report, () => reportText(report, tongue))
      }),
    )

const addToken = (sales: Command) =>
  sales
    .command('speech-token')
    .description('what the bank’s speech engine shows to come in: keep it as secret as a password')
    .option('--new', 'make another one; whatever was given out before is worth nothing')
    .action(({ new: anew = false }: { new?: boolean }, command: Command) =>
      withHub(command, async ({ control, say }) => {
        const made = await control.request<{ token: string }>('sales.speech-token', { anew })
        say(made, () => made.token)
      }),
    )

export const addSales = (program: Command): void => {
  const sales = program.command('sales').description('sales that are recorded').addHelpText('after', help)
  addList(sales)
  addShow(sales)
  addToken(sales)
}
