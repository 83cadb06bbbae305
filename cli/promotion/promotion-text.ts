/** The report of campaigns for people: one table, and what may be said of each. */
import type { Tongue } from '../io/language.ts'
import { table } from '../io/table.ts'
import type { Share } from '../statistics/proportions.ts'
import type { CampaignReport } from './estimate.ts'
import { promotionWords } from './words.ts'

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
const shareText = (share: Share | null): string | null =>
  share === null ? null : `${percent(share.value)} (${percent(share.low)}–${percent(share.high)})`
const signed = (share: number): string =>
  `${share > 0 ? '+' : share < 0 ? '−' : ''}${percent(Math.abs(share))}`

const total = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

const listed = (counts: Readonly<Record<string, number>>, name: (key: string) => string): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([key, count]) => `${name(key)} ${count}`)
    .join(', ')

const summary = (reports: readonly CampaignReport[], tongue: Tongue): string => {
  const words = promotionWords(tongue)
  return table(reports, [
    { title: words.campaign, cell: ({ campaign }) => campaign },
    { title: words.plays, cell: ({ shown, onIdleScreens }) => total(shown) + onIdleScreens },
    { title: words.interest, cell: ({ interest }) => shareText(interest) },
    { title: words.shown, cell: ({ arms }) => arms.shown.of },
    { title: words.asked, cell: ({ askedShown }) => askedShown && percent(askedShown.value) },
    { title: words.heldOut, cell: ({ arms }) => arms['held-out'].of },
    { title: words.askedHeldOut, cell: ({ askedHeldOut }) => askedHeldOut && percent(askedHeldOut.value) },
    { title: words.uplift, cell: ({ uplift }) => uplift && signed(uplift.value) },
    {
      title: words.interval,
      cell: ({ uplift }) => uplift && `${signed(uplift.low)} … ${signed(uplift.high)}`,
    },
  ])
}

const detailLines = (report: CampaignReport, tongue: Tongue): readonly string[] => {
  const words = promotionWords(tongue)
  const { campaign, arms, shown, onIdleScreens, responses, notBegun, mixed, verdict } = report
  const responseName = (key: string) => words[key as keyof typeof responses]
  const facts = [
    [words.by, listed({ ...shown, [words.idle]: onIdleScreens }, (key) => key)],
    [words.responses, listed(responses, responseName)],
    [words.notBegun, notBegun === 0 ? '' : String(notBegun)],
    [words.mixed, mixed === 0 ? '' : String(mixed)],
  ].filter(([, told]) => told !== '')
  return [
    `${campaign}: ${words[verdict]({ shown: arms.shown.of, heldOut: arms['held-out'].of })}`,
    ...facts.map(([name, told]) => `  ${name}: ${told}`),
  ]
}

export const promotionText = (reports: readonly CampaignReport[], tongue: Tongue): string =>
  reports.length === 0
    ? promotionWords(tongue).nothing
    : [summary(reports, tongue), '', ...reports.flatMap((one) => detailLines(one, tongue))].join('\n')
