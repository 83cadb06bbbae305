/**
 * Valid commands, made from the schema of a capability: the least that it takes, everything that it may carry, and
 * something in between. What a command means in the branch (places, campaigns) can be given, where the device minds.
 */
import { z } from 'zod'
import { type CapabilityName, capabilities, isCapability } from '#protocol/capabilities.ts'
import { type Chance, createChance } from './chance.ts'
import type { JsonObject } from './transcript.ts'

export interface Surroundings {
  readonly places: readonly [string, ...string[]]
  readonly languages: readonly [string, ...string[]]
  readonly showMs: number
  /** Capability → commands to use instead of made ones. */
  readonly commands: Readonly<Record<string, readonly JsonObject[]>>
}

export type Fullness = 'least' | 'most' | 'some'

interface Schema {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly enum?: readonly [unknown, ...unknown[]]
  readonly anyOf?: readonly [Schema, ...Schema[]]
  readonly minimum?: number
  readonly maximum?: number
  readonly additionalProperties?: Schema | boolean
}

const sentences: Readonly<Record<string, readonly [string, ...string[]]>> = {
  zh: ['您好，欢迎光临。', '请随我来。', '三号智能柜台现在空闲。'],
  en: ['Good morning, welcome.', 'Please follow me.', 'Kiosk 3 is free now.'],
}

/** At most two of each list: enough to see that all are taken, short enough to be done soon. */
const listMax = 2

class Maker {
  readonly #around: Surroundings
  readonly #chance: Chance
  readonly #fullness: Fullness
  readonly #defs: Readonly<Record<string, Schema>>

  constructor(root: Schema, wishes: { around: Surroundings; chance: Chance; fullness: Fullness }) {
    this.#around = wishes.around
    this.#chance = wishes.chance
    this.#fullness = wishes.fullness
    this.#defs = root.$defs ?? {}
  }

  make(schema: Schema, name: string): unknown {
    if (schema.$ref !== undefined) return this.#named(schema.$ref.replace('#/$defs/', ''), name)
    if (schema.enum !== undefined) return this.#chance.pick(schema.enum)
    if (schema.anyOf !== undefined) return this.make(this.#chance.pick(schema.anyOf), name)
    switch (schema.type) {
      case 'object':
        return this.#object(schema)
      case 'array':
        return this.#array(schema, name)
      case 'integer':
      case 'number':
        return this.#number(schema)
      case 'boolean':
        return this.#fullness === 'most' || (this.#fullness === 'some' && this.#chance.next() < 0.5)
      default:
        return this.#sentence()
    }
  }

  #named(kind: string, name: string): unknown {
    const { places, showMs, languages } = this.#around
    switch (kind) {
      case 'Id':
        return `${name}-${Math.floor(this.#chance.next() * 1_000)}`
      case 'TicketNo':
        return `A${100 + Math.floor(this.#chance.next() * 900)}`
      case 'Language':
        return this.#chance.pick(languages)
      case 'DurationMs':
        return showMs
      // Every device knows a place by its name; coordinates mean something on its own map only.
      case 'Spot':
        return { place: this.#chance.pick(places) }
      case 'Words':
        return this.#words()
      // A file that nobody has: whoever cannot show it shows the words.
      case 'Media':
        return { sha256: 'ab'.repeat(32), type: 'image/png', bytes: 68, width: 1, height: 1 }
      default:
        return this.make(this.#defs[kind] ?? {}, name)
    }
  }

  #words() {
    const language = this.#chance.pick(this.#around.languages)
    return { language, text: this.#chance.pick(this.#sentencesIn(language)) }
  }

  #sentence() {
    return this.#chance.pick(this.#sentencesIn(this.#chance.pick(this.#around.languages)))
  }

  #sentencesIn(language: string): readonly [string, ...string[]] {
    return sentences[language.split('-')[0] ?? ''] ?? ['Welcome.']
  }

  #object({ properties = {}, required = [], additionalProperties }: Schema) {
    const made: Record<string, unknown> = {}
    for (const [key, schema] of Object.entries(properties)) {
      const isWanted = required.includes(key) || this.#wantsOptional()
      if (isWanted) made[key] = this.make(schema, key)
    }
    // A record: one entry shows the shape.
    if (typeof additionalProperties === 'object' && this.#fullness !== 'least')
      made['value'] = this.make(additionalProperties, 'value')
    return made
  }

  #wantsOptional() {
    return this.#fullness === 'most' || (this.#fullness === 'some' && this.#chance.next() < 0.5)
  }

  #array({ items = {}, minItems = 0, maxItems = listMax }: Schema, name: string) {
    const most = Math.min(maxItems, Math.max(minItems, listMax))
    const count = this.#fullness === 'least' ? minItems : most
    return Array.from({ length: count }, () => this.make(items, name))
  }

  #number({ minimum = 0, maximum = minimum + 100 }: Schema) {
    const top = Math.min(maximum, minimum + 5)
    return this.#fullness === 'least' ? minimum : Math.round(minimum + this.#chance.next() * (top - minimum))
  }
}

/** A kiosk that is told to forget whoever uses it does so: not in an examination that somebody runs in a lobby. */
const leaveOut: ReadonlySet<string> = new Set(['wipe', 'device'])

const withoutDangerous = (command: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(command).filter(([key]) => !leaveOut.has(key)))

const fullnesses = ['least', 'most', 'some'] as const

/** @returns the how manieth valid command for a capability; always the same one for the same seed. */
export const sampleCommand = (
  capability: string,
  index: number,
  { around, seed }: { around: Surroundings; seed: string },
): JsonObject => {
  const given = around.commands[capability]
  const chosen = given?.[index % given.length]
  if (chosen !== undefined) return chosen
  if (!isCapability(capability)) return {}
  const schema = z.toJSONSchema(capabilities[capability].command) as unknown as Schema
  const chance = createChance(`${seed}/${capability}/${index}`)
  const fullness = fullnesses[index % fullnesses.length] ?? 'some'
  const made = new Maker(schema, { around, chance, fullness }).make(schema, capability)
  const command = capabilities[capability].command.parse(withoutDangerous(made as Record<string, unknown>))
  return command
}

/** One with words in it can carry any text: the words themselves are replaced, wherever they stand. */
export const withWords = (command: unknown, words: readonly JsonObject[]): unknown => {
  if (Array.isArray(command)) return command.map((part) => withWords(part, words))
  if (typeof command !== 'object' || command === null) return command
  return Object.fromEntries(
    Object.entries(command).map(([key, value]) => [
      key,
      key === 'words' && Array.isArray(value) ? words : withWords(value, words),
    ]),
  )
}

export interface Spoiled {
  readonly how: string
  readonly command: JsonObject
}

/** Commands that look almost right: something needed is missing, has the wrong type, or is out of its range. */
export const spoiledCommands = (capability: CapabilityName, valid: JsonObject): readonly Spoiled[] => {
  const { command: schema } = capabilities[capability]
  const required = (z.toJSONSchema(schema) as unknown as Schema).required ?? []
  const wrong: Spoiled[] = required.flatMap((key) => {
    const { [key]: _left, ...without } = valid
    return [
      { how: `without ${key}`, command: without },
      {
        how: `${key} of the wrong type`,
        command: { ...valid, [key]: typeof valid[key] === 'object' ? 7 : {} },
      },
      { how: `${key} is null`, command: { ...valid, [key]: null } },
    ]
  })
  return [{ how: 'empty', command: {} }, ...wrong].filter(({ command }) => !schema.safeParse(command).success)
}
