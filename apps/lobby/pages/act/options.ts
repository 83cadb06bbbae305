/** What can be chosen for each slot, in the order in which it is most likely wanted. */
import { campaignName } from '#protocol/campaign-name.ts'
import type { LiveCounter, LiveDevice, LiveVisit, LiveZone } from '#protocol/desk/live/lobby-rows.ts'
import type { LiveCampaign } from '#protocol/desk/live/work-rows.ts'
import { titleIn } from '../../../ui/words.ts'
import type { Names } from '../../said/names.ts'
import type { Slot } from './forms.ts'
import type { ActPrefill } from './prefill.ts'

export type Sign = 'visitor' | 'zone' | 'counter' | 'kiosk' | 'campaign' | 'robot'

export interface Option {
  readonly id: string
  readonly title: string
  readonly note: string
  readonly sign: Sign
  readonly patch: ActPrefill
}

export interface OptionRows {
  readonly visits: readonly LiveVisit[]
  readonly zones: readonly LiveZone[]
  readonly counters: readonly LiveCounter[]
  readonly devices: readonly LiveDevice[]
  readonly campaigns: readonly LiveCampaign[]
}

export interface OptionParts {
  readonly rows: OptionRows
  readonly names: Names
  /** `6 min in the waiting area`. */
  readonly since: (visit: LiveVisit) => string
  /** Of a device: busy, lost … in a word. */
  readonly state: (device: LiveDevice) => string
}

const urgency = ({ wantsStaff, priority, beingServed }: LiveVisit) =>
  (wantsStaff ? -2 : 0) + (priority ? -1 : 0) + (beingServed ? 4 : 0)

const visitors = ({ rows, names, since }: OptionParts): Option[] =>
  [...rows.visits]
    .sort((a, b) => urgency(a) - urgency(b) || a.since - b.since || (a.id < b.id ? -1 : 1))
    .map((visit) => ({
      id: visit.id,
      title: names.of('visit', visit.id),
      note: since(visit),
      sign: 'visitor',
      patch: { visit: visit.id },
    }))

const zones = ({ rows, names }: OptionParts): Option[] =>
  rows.zones
    .filter(({ staffOnly }) => !staffOnly)
    .map(({ id }) => ({ id, title: names.of('zone', id), note: '', sign: 'zone', patch: { zone: id } }))

const counters = ({ rows, names }: OptionParts): Option[] =>
  rows.counters
    .filter(({ state }) => state === 'open')
    .map(({ id, services }) => ({
      id,
      title: names.of('counter', id),
      note: services.map((service) => names.of('service', service)).join(' · '),
      sign: 'counter',
      patch: { counter: id },
    }))

const ofKind = (kind: LiveDevice['kind'], { rows, names, state }: OptionParts, field: 'kiosk' | 'member') =>
  rows.devices
    .filter((device) => device.kind === kind)
    .map(
      (device): Option => ({
        id: device.id,
        title: names.of('device', device.id),
        note: state(device),
        sign: field === 'kiosk' ? 'kiosk' : 'robot',
        patch: { [field]: device.id },
      }),
    )

/** What is said of it, of which the first part names it. */
const campaigns = ({ rows, names }: OptionParts): Option[] =>
  rows.campaigns
    .filter(({ on }) => on)
    .map(({ id, words }) => {
      const text = titleIn(words, names.tongue, id)
      const title = campaignName(text) || id
      const note = text.slice(title.length + 1).trim()
      return { id, title, note, sign: 'campaign', patch: { campaign: id } }
    })

export const optionsFor = (slot: Slot, parts: OptionParts): readonly Option[] => {
  switch (slot) {
    case 'visitor':
      return visitors(parts)
    case 'destination':
      return [...counters(parts), ...ofKind('kiosk', parts, 'kiosk'), ...zones(parts)]
    case 'zone':
      return zones(parts)
    case 'campaign':
      return campaigns(parts)
    case 'robot':
      return ofKind('robot', parts, 'member')
    default:
      return []
  }
}

/** Whatever of it is typed: a number, a part of a name. */
export const search = (options: readonly Option[], typed: string): readonly Option[] => {
  const wanted = typed.trim().toLowerCase()
  return wanted === ''
    ? options
    : options.filter(({ title, note, id }) => `${title} ${note} ${id}`.toLowerCase().includes(wanted))
}

export const isChosen = ({ patch }: Option, draft: ActPrefill): boolean =>
  (Object.keys(patch) as (keyof ActPrefill)[]).every((name) => draft[name] === patch[name])
