/** What a method or a job is given, out of the hub's command: looked up, translated, and of the type that was declared. */
import type { JsonObject } from '../sdk/adapter.ts'
import { DeviceUnsupported } from '../sdk/errors.ts'
import type { Argument } from './config.ts'

export interface Given {
  readonly type: Argument['type']
  readonly value: boolean | number | string
}

const at = (command: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (found, key) =>
        typeof found === 'object' && found !== null && Object.hasOwn(found, key)
          ? (found as Record<string, unknown>)[key]
          : undefined,
      command,
    )

/** Of whole numbers: the least and the largest. */
const ranges: Partial<Record<Argument['type'], readonly [number, number]>> = {
  SByte: [-128, 127],
  Byte: [0, 255],
  Int16: [-32_768, 32_767],
  UInt16: [0, 65_535],
  Int32: [-2_147_483_648, 2_147_483_647],
  UInt32: [0, 4_294_967_295],
}

const fits = (type: Argument['type'], value: unknown): value is Given['value'] => {
  if (type === 'Boolean') return typeof value === 'boolean'
  if (type === 'String') return typeof value === 'string'
  if (typeof value !== 'number' || !Number.isFinite(value)) return false
  const range = ranges[type]
  return range === undefined || (Number.isInteger(value) && value >= range[0] && value <= range[1])
}

const isPlain = (value: unknown): value is Given['value'] =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

const valueOf = (argument: Argument, command: JsonObject): unknown => {
  const { value, from, map, default: standard } = argument
  if (value !== undefined) return value
  const found = at(command, from ?? '')
  if (found === undefined) return standard
  if (map === undefined) return found
  const key = isPlain(found) ? String(found) : ''
  return Object.hasOwn(map, key) ? map[key] : undefined
}

/** @throws DeviceUnsupported when the command holds nothing that fits */
export const argumentsOf = (wanted: readonly Argument[], command: JsonObject): Given[] =>
  wanted.map((argument) => {
    const value = valueOf(argument, command)
    if (!fits(argument.type, value))
      throw new DeviceUnsupported(`The command has no ${argument.type} in ${argument.from ?? 'value'}.`)
    return { type: argument.type, value }
  })
