/** The state of a device in words: one line for the plan, all of it for the list and for who does not see the plan. */
import { useMemo } from 'react'
import type { LiveDevice } from '#protocol/desk/live/lobby-rows.ts'
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'
import { type Format, useFormat } from '../../../ui/format.ts'
import { healthWords, linkWords, willingWords } from '../../../ui/state-words.ts'
import { fill, type Pair, type Params, type Tongue, titleIn, useTongue } from '../../../ui/words.ts'
import { type HubWords, useHubWords } from '../../live/hub-words.ts'
import { useTable } from '../../live/use-live.ts'
import { type Trouble, toneOf, troublesOf } from './model/trouble.ts'
import { floorWords, troubleWords } from './words.ts'

export interface DeviceSaid {
  readonly title: string
  /** The one thing that is worth saying now; empty: all is as it should be, and it does nothing. */
  readonly short: string
  readonly tone: ReturnType<typeof toneOf>
  readonly troubles: readonly Trouble[]
  readonly holder: string | undefined
  /** Its title, then link, health, willingness, task and battery, each in words. */
  readonly label: string
}

interface Speech {
  readonly tongue: Tongue
  readonly format: Format
  readonly words: HubWords
  /** Titles by id, of people and of zones. */
  readonly people: ReadonlyMap<string, string>
  readonly zones: ReadonlyMap<string, string>
}

const saysIn =
  ({ tongue }: Speech) =>
  (pair: Pair, params?: Params) =>
    fill(pair[tongue], params)

/** `worst` is said already; then only since when. */
const linkSaid = (speech: Speech, { link, linkAt }: LiveDevice, worst: Trouble | undefined) => {
  const say = saysIn(speech)
  const at = speech.format.clock(linkAt)
  if (worst === link) return say(floorWords.sinceOnly, { at })
  return say(floorWords.since, { what: say(linkWords[link]), at })
}

const healthSaid = (speech: Speech, device: LiveDevice, worst: Trouble | undefined) => {
  const say = saysIn(speech)
  const { link, health, healthReasons } = device
  const said = say(healthWords[health])
  if (link !== 'online') return say(floorWords.lastSaid, { what: said })
  const reasons = healthReasons.map((code) => speech.words.reason({ code }))
  return (worst === health ? reasons : [said, ...reasons]).join(say(floorWords.comma))
}

const movementSaid = (speech: Speech, device: LiveDevice, worst: Trouble | undefined): readonly string[] => {
  const say = saysIn(speech)
  const since = (trouble: 'blocked' | 'keep-clear', from: number | null) => {
    if (from === null) return ''
    const at = speech.format.clock(from)
    if (worst === trouble) return say(floorWords.sinceOnly, { at })
    return say(floorWords.since, { what: say(troubleWords[trouble]), at })
  }
  return [since('blocked', device.blockedSince), since('keep-clear', device.inKeepClearSince)]
}

const restSaid = (speech: Speech, { battery, session, zone }: LiveDevice): readonly string[] => {
  const say = saysIn(speech)
  const { clock, percent } = speech.format
  const share = percent((battery?.percent ?? 0) / 100)
  return [
    battery === null ? '' : say(battery.charging ? floorWords.charging : floorWords.battery, { share }),
    session === null ? '' : say(floorWords.inUse, { at: clock(session.since) }),
    zone === null ? '' : (speech.zones.get(zone) ?? zone),
  ]
}

/** What stands on the plan comes first in the label, as it stands there: who speaks to a tablet says what he sees. */
const sayDevice = (speech: Speech, device: LiveDevice, task: LiveTask | undefined): DeviceSaid => {
  const say = saysIn(speech)
  const { willingness, willingnessBy } = device
  const troubles = troublesOf(device)
  const [worst] = troubles
  const title = titleIn(device.title, speech.tongue, device.id)
  const holder = willingnessBy === null ? undefined : (speech.people.get(willingnessBy) ?? willingnessBy)
  const willing = say(willingWords[willingness], { who: holder ?? '' })
  const does = task === undefined ? '' : speech.words.word('capabilities', task.capability)
  const quiet = willingness === 'open' ? does : willing
  const short = worst === undefined ? quiet : say(troubleWords[worst])
  const phase = task === undefined ? '' : speech.words.word('phases', task.phase)
  const parts = [
    title,
    short,
    short === does ? phase : '',
    linkSaid(speech, device, worst),
    healthSaid(speech, device, worst),
    ...movementSaid(speech, device, worst),
    short === willing ? '' : willing,
    short === does || task === undefined ? '' : say(floorWords.doing, { what: does, phase }),
    task === undefined ? say(floorWords.idle) : '',
    ...restSaid(speech, device),
  ]
  return {
    title,
    short,
    tone: toneOf(troubles),
    troubles,
    holder,
    label: parts.filter((part) => part !== '').join(say(floorWords.comma)),
  }
}

const titlesOf = (rows: readonly { id: string; title: Readonly<Record<string, string>> }[], tongue: Tongue) =>
  new Map(rows.map(({ id, title }) => [id, titleIn(title, tongue, id)]))

type SayDevice = (device: LiveDevice, task: LiveTask | undefined) => DeviceSaid

/** One that is as it was is not put into words again. */
const createSayer = (speech: Speech): SayDevice => {
  const known = new WeakMap<LiveDevice, { readonly task: LiveTask | undefined; readonly said: DeviceSaid }>()
  return (device, task) => {
    const before = known.get(device)
    if (before !== undefined && before.task === task) return before.said
    const said = sayDevice(speech, device, task)
    known.set(device, { task, said })
    return said
  }
}

/** Says any device. */
export const useDeviceSaid = (): SayDevice => {
  const tongue = useTongue()
  const format = useFormat()
  const words = useHubWords()
  const people = useTable('people')
  const zones = useTable('zones')
  return useMemo(
    () =>
      createSayer({
        tongue,
        format,
        words,
        people: titlesOf(people, tongue),
        zones: titlesOf(zones, tongue),
      }),
    [tongue, format, words, people, zones],
  )
}
