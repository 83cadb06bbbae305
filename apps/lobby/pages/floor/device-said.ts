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

const taskSaid = (speech: Speech, task: LiveTask | undefined) => {
  const say = saysIn(speech)
  if (task === undefined) return say(floorWords.idle)
  const { words } = speech
  return say(floorWords.doing, {
    what: words.word('capabilities', task.capability),
    phase: words.word('phases', task.phase),
  })
}

const healthSaid = (speech: Speech, { link, health, healthReasons }: LiveDevice) => {
  const say = saysIn(speech)
  const said = say(healthWords[health])
  if (link !== 'online') return say(floorWords.lastSaid, { what: said })
  return [said, ...healthReasons.map((code) => speech.words.reason({ code }))].join(say(floorWords.comma))
}

const movementSaid = (speech: Speech, { blockedSince, inKeepClearSince }: LiveDevice) => {
  const say = saysIn(speech)
  const since = (pair: Pair, at: number | null) =>
    at === null ? '' : say(floorWords.since, { what: say(pair), at: speech.format.clock(at) })
  return [since(troubleWords.blocked, blockedSince), since(troubleWords['keep-clear'], inKeepClearSince)]
}

const sayDevice = (speech: Speech, device: LiveDevice, task: LiveTask | undefined): DeviceSaid => {
  const say = saysIn(speech)
  const { clock, percent } = speech.format
  const { link, linkAt, willingness, willingnessBy, battery, session, zone } = device
  const troubles = troublesOf(device)
  const [worst] = troubles
  const title = titleIn(device.title, speech.tongue, device.id)
  const holder = willingnessBy === null ? undefined : (speech.people.get(willingnessBy) ?? willingnessBy)
  const willing = say(willingWords[willingness], { who: holder ?? '' })
  const quiet =
    willingness === 'open'
      ? task === undefined
        ? ''
        : speech.words.word('capabilities', task.capability)
      : willing
  const parts = [
    title,
    say(floorWords.since, { what: say(linkWords[link]), at: clock(linkAt) }),
    healthSaid(speech, device),
    ...movementSaid(speech, device),
    willing,
    taskSaid(speech, task),
    battery === null
      ? ''
      : say(battery.charging ? floorWords.charging : floorWords.battery, {
          share: percent(battery.percent / 100),
        }),
    session === null ? '' : say(floorWords.inUse, { at: clock(session.since) }),
    zone === null ? '' : (speech.zones.get(zone) ?? zone),
  ]
  return {
    title,
    short: worst === undefined ? quiet : say(troubleWords[worst]),
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
