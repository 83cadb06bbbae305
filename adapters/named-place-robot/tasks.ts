/** The hub's tasks in the robot's own words: greet, guide, announce and dock, with going, saying and asking. */
import type { CommandOf } from '#protocol/capabilities.ts'
import type { Spot, Words } from '#protocol/targets.ts'
import type { Capabilities, JsonObject } from '../sdk/adapter.ts'
import { DeviceBusy, DeviceFault, DeviceUnreachable, DeviceUnsupported } from '../sdk/errors.ts'
import type { Clock } from '../sdk/ports.ts'
import { languageFor } from '../shared/languages.ts'
import { isNowhere } from '../shared/spots.ts'
import type { NamedPlaceRobotConfig } from './config.ts'
import type { Dialect, Utterance } from './dialects/dialect.ts'
import { intentIn } from './intents.ts'
import { type PlaceTable, sameName } from './places.ts'
import type { Robot } from './robot.ts'
import type { Standing } from './standing.ts'

export interface TaskParts {
  readonly config: NamedPlaceRobotConfig
  readonly robot: Robot
  readonly dialect: Dialect
  readonly standing: Standing
  readonly places: PlaceTable
  readonly clock: Clock
  readonly isInReach: () => boolean
  /** A new id for words. */
  readonly newId: () => string
}

interface Running {
  readonly signal: AbortSignal
  started(): void
}

export interface Tasks {
  consider(capability: string, command: JsonObject): void
  readonly capabilities: Capabilities
}

const chargeLookMs = 300

export const createTasks = (parts: TaskParts): Tasks => {
  const words = createWording(parts)
  const destinationOf = (spot: Spot, zoneWill: boolean): string => {
    const name = parts.places.nameOf(spot, { zoneWill })
    if (name === undefined) throw new DeviceUnsupported('Not in the place table.')
    return name
  }
  const go = (name: string, { signal, started }: Running) => {
    const { robot, dialect, config } = parts
    const order = sameName(name, config.homeBase) ? dialect.goHome() : dialect.goTo(name)
    return robot.go(name, order, { signal, began: started })
  }
  return {
    consider: (capability, command) => consider(parts, words, { capability, command, destinationOf }),
    capabilities: {
      async greet({ at, words: given, askIntent }, task) {
        const place = isNowhere(at) ? undefined : destinationOf(at, true)
        if (place !== undefined && !sameName(place, parts.standing.at() ?? '')) await go(place, task)
        return words.greet(given, { task, askIntent })
      },
      async guide({ to, words: given = [] }, task) {
        const place = destinationOf(to, true)
        const said = await words.say(given, task)
        await go(place, task)
        return { arrived: true, said }
      },
      async announce({ words: given }, task) {
        return { said: await words.say(given, task) }
      },
      async dock({ to, charge }, task) {
        const place = destinationOf(to, false)
        await go(place, task)
        if (charge && sameName(place, parts.config.homeBase)) await charged(parts, task)
        return { arrived: true }
      },
    },
  }
}

/** Asked before anything is promised. */
const consider = (
  { standing, isInReach }: TaskParts,
  words: Wording,
  about: {
    capability: string
    command: JsonObject
    destinationOf: (spot: Spot, zoneWill: boolean) => string
  },
) => {
  const { capability, command, destinationOf } = about
  if (!isInReach()) throw new DeviceUnreachable('The robot is out of reach.', { begun: false })
  const occupied = standing.occupied()
  if (occupied !== undefined) throw new DeviceBusy('It belongs to somebody else.', { code: occupied })
  const spot = (command['to'] ?? command['at']) as Spot | undefined
  const goes = capability !== 'announce' && spot !== undefined && !(capability === 'greet' && isNowhere(spot))
  if (goes) destinationOf(spot, capability !== 'dock')
  if (goes && capability !== 'dock' && standing.isLow())
    throw new DeviceBusy('Its battery is low, it is about to go home.', { code: 'battery-low' })
  const given = (command['words'] ?? []) as Words[]
  if (given.length > 0) words.choose(given)
}

/** At the base and still not charging: it missed the contacts. */
const charged = async ({ robot, standing, clock, config }: TaskParts, { signal }: Running) => {
  for (let waitedMs = 0; !standing.isCharging(); waitedMs += chargeLookMs) {
    if (waitedMs > config.chargeWithinMs)
      throw new DeviceFault('It stands at its base and does not charge.', { code: 'not-charging' })
    await new Promise<void>((resolve) => clock.after(chargeLookMs, resolve))
    signal.throwIfAborted()
    await robot.look()
  }
}

interface Wording {
  /** @throws DeviceUnsupported when it speaks none of these languages */
  choose(given: readonly Words[]): { readonly words: Words; readonly utterance: Utterance }
  say(given: readonly Words[], task: Running): Promise<Words[]>
  greet(
    given: CommandOf<'greet'>['words'],
    on: { task: Running; askIntent: boolean },
  ): Promise<{ said: Words[]; language?: string; intent?: string; answered?: boolean }>
}

const createWording = ({ config, robot, newId }: TaskParts): Wording => {
  const voiceOf = (language: string): string | undefined => {
    const known = languageFor(Object.keys(config.languages), language)
    return known === undefined ? undefined : config.languages[known]
  }
  const languageOf = (voice: string | undefined) =>
    Object.entries(config.languages).find(([, name]) => name === voice)?.[0]

  const choose: Wording['choose'] = (given) => {
    for (const words of given) {
      const voice = voiceOf(words.language)
      if (voice !== undefined) return { words, utterance: { id: newId(), text: words.text, voice } }
    }
    throw new DeviceUnsupported('It speaks none of these languages.')
  }
  const say: Wording['say'] = async (given, { signal, started }) => {
    if (given.length === 0) return []
    const { words, utterance } = choose(given)
    await robot.voice.say(utterance, { signal, began: started })
    return [words]
  }
  return {
    choose,
    say,
    async greet(given, { task, askIntent }) {
      if (!askIntent || Object.keys(config.intents).length === 0) {
        const said = await say(given, task)
        return { said, ...(said[0] !== undefined && { language: said[0].language }) }
      }
      const { words, utterance } = choose(given)
      const heard = await robot.voice.ask(utterance, { signal: task.signal, began: task.started })
      const intent = heard && intentIn(heard.text, config.intents)
      return {
        said: [words],
        answered: heard !== undefined,
        language: languageOf(heard?.language) ?? words.language,
        ...(intent !== undefined && { intent }),
      }
    },
  }
}
