/** What a campaign brought, with how far chance may have carried it; and whether that is enough to say anything. */
import { newcombe, type Share, wilson } from '../statistics/proportions.ts'
import type { MeasuredCampaign } from './measured.ts'

/** With fewer in either arm an interval says more about chance than about the campaign. */
export const visitsMin = 30

export type Verdict =
  /** Nobody is held out, so nothing can be compared. */
  | 'no-holdout'
  | 'too-few'
  /** The interval holds no difference for possible. */
  | 'no-difference-shown'
  | 'more'
  | 'fewer'

export interface CampaignReport extends MeasuredCampaign {
  /** Of the responses that were told. */
  readonly interest: Share | null
  readonly askedShown: Share | null
  readonly askedHeldOut: Share | null
  /** Shown minus held out. */
  readonly uplift: Share | null
  readonly verdict: Verdict
}

const verdictOf = ({ arms }: MeasuredCampaign, uplift: Share | undefined): Verdict => {
  const [shown, heldOut] = [arms.shown.of, arms['held-out'].of]
  if (shown > 0 && heldOut === 0) return shown < visitsMin ? 'too-few' : 'no-holdout'
  if (uplift === undefined || shown < visitsMin || heldOut < visitsMin) return 'too-few'
  if (uplift.low > 0) return 'more'
  return uplift.high < 0 ? 'fewer' : 'no-difference-shown'
}

export const estimateCampaign = (measured: MeasuredCampaign): CampaignReport => {
  const { arms, responses } = measured
  const told = responses.interested + responses.declined + responses.none
  const uplift = newcombe(arms.shown, arms['held-out'])
  return {
    ...measured,
    interest: wilson({ of: told, hits: responses.interested }) ?? null,
    askedShown: wilson(arms.shown) ?? null,
    askedHeldOut: wilson(arms['held-out']) ?? null,
    uplift: uplift ?? null,
    verdict: verdictOf(measured, uplift),
  }
}
