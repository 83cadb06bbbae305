/** Which layout stands for what a task wants to show: the bank's own table, read from the top. */
import type { CommandOf } from '#protocol/capabilities.ts'
import type { Content } from '#protocol/targets.ts'
import { DeviceUnsupported } from '../sdk/errors.ts'
import type { LayoutRow } from './config.ts'

/** What is to be shown, of whichever capability it comes. */
export interface Wish {
  readonly capability: 'display' | 'promote'
  readonly device: string
  readonly content: Content
  readonly campaign?: string
  readonly product?: string
  readonly showForMs: number | undefined
}

export const wishOf = (
  device: string,
  how:
    | { readonly capability: 'display'; readonly command: CommandOf<'display'> }
    | { readonly capability: 'promote'; readonly command: CommandOf<'promote'> },
): Wish => {
  const { capability, command } = how
  const { content, showForMs } = command
  const shared = { capability, device, content, showForMs }
  return capability === 'display'
    ? shared
    : { ...shared, campaign: how.command.campaign, product: how.command.product }
}

const fits = ({ when }: LayoutRow, wish: Wish): boolean => {
  const { content } = wish
  const pairs = [
    [when.capability, wish.capability],
    [when.template, content.template],
    [when.item, content.item],
    [when.campaign, wish.campaign],
    [when.product, wish.product],
  ]
  return (
    pairs.every(([wanted, is]) => wanted === undefined || wanted === is) &&
    (when.devices === undefined || when.devices.includes(wish.device))
  )
}

/** @throws DeviceUnsupported where nothing stands for it */
export const layoutFor = (rows: readonly LayoutRow[], wish: Wish): LayoutRow => {
  const row = rows.find((one) => fits(one, wish))
  if (row === undefined)
    throw new DeviceUnsupported('No layout stands for this content.', { code: 'no-layout' })
  return row
}

/** The values of the content in the text of a metric; what it does not have, stays away. */
export const filledIn = (text: string, { values = {} }: Content): string =>
  text.replaceAll(/\{([a-z0-9-]+)\}/g, (_whole, name: string) => String(values[name] ?? '')).trim()

/** The words in each language that the data set has a column for. */
export const columnsFor = (
  columns: Readonly<Record<string, number>>,
  { words }: Content,
): ReadonlyMap<number, string> =>
  new Map(
    Object.entries(columns).map(([language, column]) => {
      const said =
        words.find((one) => one.language === language) ??
        words.find((one) => sameTongue(one.language, language))
      return [column, said?.text ?? '']
    }),
  )

const sameTongue = (one: string, other: string) => one.split('-')[0] === other.split('-')[0]
