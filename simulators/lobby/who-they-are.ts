/** What a visitor is and would do, drawn once from the scenario's shares: the same in every arm of a comparison. */
import { minuteMs } from '#protocol/local-time.ts'
import type { Arrival, KnownArrival } from './arrival-source.ts'
import { duration } from './distributions.ts'
import { createDraw } from './draws.ts'
import { type Scenario, serviceOf } from './scenario.ts'

/** @returns what is not known of an arrival, drawn. */
export const createFill = (scenario: Scenario, seed: string | number) => {
  const draw = createDraw(seed)
  const { arrivals, customers, cameras } = scenario
  const services = new Map(scenario.branch.services.map(({ id }) => [id, serviceOf(scenario, id)]))
  const languages = Object.entries(arrivals.languages)
  const weights = languages.reduce((sum, [, weight]) => sum + weight, 0)

  const languageOf = (key: string): string => {
    let left = draw(key, 'language') * weights
    for (const [language, weight] of languages) {
      left -= weight
      if (left < 0) return language
    }
    return languages[0]?.[0] ?? 'zh'
  }
  const partyOf = (key: string): number => {
    if (draw(key, 'group') >= arrivals.groupShare) return 1
    return draw(key, 'three') < arrivals.threeShare ? 3 : 2
  }
  const gradeOf = (key: string): Arrival['grade'] => {
    const seen = draw(key, 'seen')
    if (seen < cameras.missedShare) return 'missed'
    return seen < cameras.missedShare + cameras.countedShare ? 'counted' : 'tracked'
  }

  return (known: KnownArrival): Arrival => {
    const { key } = known
    const service = services.get(known.service) ?? serviceOf(scenario, known.service)
    const { kioskMs, counterMs } = service
    const elderly = known.elderly ?? draw(key, 'elderly') < arrivals.elderlyShare
    const tooHard = service.tooHardShare * (elderly ? customers.elderlyTooHardFactor : 1)
    const eligible = kioskMs !== null && draw(key, 'eligible') < service.eligibleShare
    const knowsKiosk = eligible && draw(key, 'straight') < customers.straightToKioskShare
    const counter = { shape: service.counterShape, mean: counterMs, spread: service.counterSpread }
    const kiosk = { shape: 'lognormal' as const, mean: kioskMs ?? counterMs, spread: service.kioskSpread }
    const patience = {
      shape: customers.patienceShape,
      mean: service.patienceMinutes * minuteMs,
      spread: customers.patienceSpread,
    }
    return {
      language: languageOf(key),
      party: partyOf(key),
      grade: gradeOf(key),
      priority: draw(key, 'priority') < arrivals.priorityShare,
      booked: false,
      eligible,
      choosesStaff: draw(key, 'chooses-staff') < customers.choosesStaffShare,
      patienceMs: Math.round(duration(draw, [key, 'patience'], patience)),
      serviceMs: Math.round(duration(draw, [key, 'service'], counter)),
      kioskMs: Math.round(duration(draw, [key, 'kiosk'], kiosk)),
      kioskTooHard: draw(key, 'too-hard') < tooHard,
      hurry: knowsKiosk ? 'kiosk' : 'no',
      seated: false,
      ...known,
      elderly,
    }
  }
}
