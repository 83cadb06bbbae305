/**
 * What would make a decision depend on anything but its input. A deployed flow finds these in the place of the names it
 * mentions: they throw, so that its instance is parked instead of deciding by the clock or by chance.
 */
import { UsherError } from '#protocol/errors.ts'

const refuse = (name: string) => (): never => {
  throw new UsherError('flow.impure', `It uses ${name}.`)
}

const stand = (name: string): unknown =>
  // Only a function of the old kind can stand for what is made with `new`.
  new Proxy(function nothing() {}, { get: refuse(name), apply: refuse(name), construct: refuse(name) })

/** All of it but chance. */
const mathWithoutChance = Object.freeze(
  Object.defineProperties(
    {},
    {
      ...Object.getOwnPropertyDescriptors(Math),
      random: { value: refuse('Math.random'), enumerable: false },
    },
  ),
)

const impure = [
  'AbortSignal',
  'Atomics',
  'BroadcastChannel',
  'Buffer',
  'Date',
  'EventSource',
  'FinalizationRegistry',
  'Function',
  'Intl',
  'MessageChannel',
  'SharedArrayBuffer',
  'Temporal',
  'WeakRef',
  'WebAssembly',
  'WebSocket',
  'clearInterval',
  'clearTimeout',
  'console',
  'crypto',
  'fetch',
  'global',
  'globalThis',
  'navigator',
  'performance',
  'process',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
]

/** By the name each stands for. */
export const stands: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(impure.map((name) => [name, stand(name)])),
  Math: mathWithoutChance,
}

/** The names of these that the text mentions at all, comments included. */
export const mentionedIn = (text: string): readonly string[] =>
  Object.keys(stands).filter((name) => new RegExp(`\\b${name}\\b`).test(text))
