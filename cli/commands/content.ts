/** `usher content`: what screens and kiosks may show, who agreed to it, and how often it was shown. */
import { resolve } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { liveTemplates, mandatoryKinds } from '#protocol/content.ts'
import type { Library } from '#protocol/desk/content-routes.ts'
import { titled } from '../io/language.ts'
import { table } from '../io/table.ts'
import { ago, parseDay } from '../io/time.ts'
import { type Asking, withHub } from '../io/with-hub.ts'

type Texts = Readonly<Record<string, string>>

interface Wish {
  readonly item: string
  readonly title?: Texts
  readonly words?: Texts
  readonly template?: string
  readonly mandatory?: string
  readonly product?: string
  readonly expires?: string
}

interface Played {
  readonly item: string
  readonly title: Texts
  readonly whole: number
  readonly interrupted: number
  readonly failed: number
  readonly shownForMs: number
}

/** `zh=存款利率`, once for each language. */
const parseText = (text: string, known: Texts = {}): Texts => {
  const [, language, value] = /^([a-zA-Z-]+)=(.+)$/s.exec(text) ?? []
  if (language === undefined || value === undefined)
    throw new InvalidArgumentError('Write language=text, such as zh=存款利率.')
  return { ...known, [language]: value }
}

const parseVersion = (text: string): number => {
  const version = Number(text)
  if (!Number.isInteger(version) || version < 1) throw new InvalidArgumentError('Write a number from 1.')
  return version
}

const libraryText = ({ items }: Library, { tongue }: Asking): string => {
  const rows = items.flatMap((item) => item.versions.map((version) => ({ item, version })))
  if (rows.length === 0) return 'Nothing is in the library.'
  return table(rows, [
    { title: 'item', cell: ({ item }) => item.id },
    { title: 'title', cell: ({ item }) => titled(item.title, tongue) },
    { title: 'version', cell: ({ version }) => version.version },
    {
      title: 'state',
      cell: ({ item, version }) => (item.inForce === version.version ? 'in force' : version.state),
    },
    { title: 'what', cell: ({ version }) => version.media?.type ?? version.template ?? 'words' },
    { title: 'mandatory', cell: ({ item }) => item.mandatory },
    { title: 'product', cell: ({ version }) => version.productCode },
    { title: 'last day', cell: ({ version }) => version.expiresOn },
    { title: 'added by', cell: ({ version }) => version.addedByTitle },
    { title: 'judged by', cell: ({ version }) => version.judgedByTitle },
  ])
}

const tellLibrary = async (asking: Asking, method: string, params: object = {}) => {
  const { control, tongue, say } = asking
  const library = await control.request<Library>(method, { lang: tongue, ...params })
  say(library, () => libraryText(library, asking))
}

const add = async ({ control, say }: Asking, file: string | undefined, wish: Wish) => {
  const { item, title, words = {}, template = null, mandatory, product = null, expires = null } = wish
  const added = await control.request<{ item: string; version: number }>('content.add', {
    path: file === undefined ? null : resolve(file),
    item,
    ...(title !== undefined && { title }),
    ...(mandatory !== undefined && { mandatory: mandatory === 'no' ? null : mandatory }),
    words,
    template,
    productCode: product,
    expiresOn: expires,
  })
  say(
    added,
    () => `${added.item}, version ${added.version}, waits for a second person: in the app, under Content.`,
  )
}

const playsText = (rows: readonly Played[], { tongue }: Asking): string =>
  rows.length === 0
    ? 'Nothing was shown.'
    : table(rows, [
        { title: 'item', cell: ({ item }) => item },
        { title: 'title', cell: ({ title }) => titled(title, tongue) },
        { title: 'whole', cell: ({ whole }) => whole },
        { title: 'interrupted', cell: ({ interrupted }) => interrupted },
        { title: 'failed', cell: ({ failed }) => failed },
        { title: 'shown for', cell: ({ shownForMs }) => ago(shownForMs) },
      ])

const addAdd = (content: Command) =>
  content
    .command('add')
    .description('add a version of an item; it is shown once a second person has approved it')
    .argument('[file]', 'a picture, a video or a page; without: a template or words alone')
    .requiredOption('--item <item>', 'its name: lower-case letters, digits and dashes')
    .option('--title <language=text>', 'what editors call it; a new item needs one', parseText)
    .option('--words <language=text>', 'what is said beside or instead of it', parseText)
    .addOption(new Option('--template <template>', 'with live data of the branch').choices(liveTemplates))
    .addOption(
      new Option('--mandatory <kind>', 'what must be shown; `no`: not any more').choices([
        ...mandatoryKinds,
        'no',
      ]),
    )
    .option('--product <code>', "the bank's own code; needed for what a campaign shows")
    .option('--expires <day>', 'the last day on which it may be shown', parseDay)
    .addHelpText(
      'after',
      '\nExample:\n  usher content add rates.png --item rates --title zh=利率 --words zh="存款利率 2.1 %" --expires 2026-12-31',
    )
    .action((file: string | undefined, wish: Wish, command: Command) =>
      withHub(command, (asking) => add(asking, file, wish)),
    )

const addJudging = (content: Command) => {
  content
    .command('approve')
    .description('approve a version that somebody at the desk added: it is shown at once')
    .argument('<item>')
    .argument('<version>', 'its number', parseVersion)
    .action((item: string, version: number, ...[, command]: [unknown, Command]) =>
      withHub(command, (asking) => tellLibrary(asking, 'content.approve', { item, version })),
    )
  content
    .command('decline')
    .description('decline a version that somebody at the desk added')
    .argument('<item>')
    .argument('<version>', 'its number', parseVersion)
    .requiredOption('--reason <text>', 'what the person who added it should know')
    .action((item: string, version: number, ...[said, command]: [{ reason: string }, Command]) =>
      withHub(command, (asking) => tellLibrary(asking, 'content.decline', { item, version, ...said })),
    )
}

export const addContent = (program: Command): void => {
  const content = program.command('content').description('what screens and kiosks show')
  content
    .command('list')
    .description('items with their versions')
    .action((_: unknown, command: Command) =>
      withHub(command, (asking) => tellLibrary(asking, 'content.list')),
    )
  addAdd(content)
  addJudging(content)
  content
    .command('plays')
    .description('how often each item was really shown; kept for 13 months')
    .option('--from <day>', 'first day', parseDay)
    .option('--to <day>', 'last day', parseDay)
    .action((days: { from?: string; to?: string }, command: Command) =>
      withHub(command, async (asking) => {
        const rows = await asking.control.request<readonly Played[]>('content.plays', { ...days })
        asking.say(rows, () => playsText(rows, asking))
      }),
    )
}
