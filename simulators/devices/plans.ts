/** How a device carries out each capability: a short list of steps, and the result it may then truly report. */
import type { CapabilityName, CommandOf, ResultOf } from '#protocol/capabilities.ts'
import type { Report } from '#protocol/messages.ts'
import type { Spot, Words } from '#protocol/targets.ts'
import type { Answer, Question } from './ports.ts'

export type Step =
  | { readonly do: 'move'; readonly to: Spot; readonly ms: number }
  | { readonly do: 'speak'; readonly words: readonly Words[]; readonly ms: number }
  | { readonly do: 'ask'; readonly question: Question; readonly ms: number }
  | { readonly do: 'ticket'; readonly action: 'hold' | 'restore' | 'release'; readonly ms: number }

export interface Outcome {
  readonly words: readonly Words[]
  readonly shownForMs: number
  readonly answer: Answer
}

export type JsonObject = NonNullable<Report['result']>

export interface Plan {
  readonly steps: readonly Step[]
  readonly result: (outcome: Outcome) => JsonObject
}

interface Place {
  readonly device: string
  readonly moves: boolean
  readonly travelMs: (to: Spot) => number
}

type Planner<N extends CapabilityName> = (
  command: CommandOf<N>,
  place: Place,
) => { readonly steps: readonly Step[]; readonly result: (outcome: Outcome) => ResultOf<N> }

const askMs = 4_000
const responseMs = 1_000
const glanceMs = 3_000

/** About six Chinese characters or twenty Latin letters a second. */
export const speakingMs = (words: readonly Words[]) =>
  words.reduce(
    (sum, { language, text }) => sum + 400 + text.length * (language.startsWith('zh') ? 160 : 50),
    0,
  )

const speak = (words: readonly Words[], ms = speakingMs(words)): Step[] =>
  words.length === 0 ? [] : [{ do: 'speak', words, ms }]
const go = (to: Spot, place: Place): Step[] =>
  place.moves ? [{ do: 'move', to, ms: place.travelMs(to) }] : []
const about = (visit: string | undefined) => (visit === undefined ? {} : { visit })

/** It names the ticket that it belongs to. */
const isSlip = ({ content }: CommandOf<'promote'>) => content.values?.['ticket'] !== undefined

/** A slip asks nothing, and nobody knows whether it is read. */
const print = ({ content, showForMs }: CommandOf<'promote'>) => ({
  steps: speak(content.words, showForMs),
  result: ({ shownForMs }: Outcome) => ({ shownForMs }),
})

const show: Planner<'promote'> = (command, place) => ({
  steps: [
    ...go(command.at, place),
    ...speak(command.content.words, command.showForMs),
    ask(
      { kind: 'promotion', device: place.device, product: command.product, ...about(command.visit) },
      responseMs,
    ),
  ],
  result: ({ shownForMs, answer }) => ({
    shownForMs,
    response: answer.promotion ?? 'none',
  }),
})

const planners: { [N in CapabilityName]?: Planner<N> } = {
  greet: (command, place) => ({
    steps: [
      ...go(command.at, place),
      ...speak(command.words),
      ...(command.askIntent ? [ask({ kind: 'intent', device: place.device, ...about(command.visit) })] : []),
    ],
    result: ({ words, answer }) => ({
      said: [...words],
      ...(answer.intent !== undefined && { intent: answer.intent }),
      ...(answer.language !== undefined && { language: answer.language }),
      answered: answer.intent !== undefined,
    }),
  }),
  guide: (command, place) => ({
    steps: [
      ...(command.from === undefined ? [] : go(command.from, place)),
      ...speak(command.words ?? []),
      ...go(command.to, place),
    ],
    result: ({ words }) => ({ arrived: true, said: [...words] }),
  }),
  announce: (command) => ({
    steps: speak(command.words),
    result: ({ words }) => ({ said: [...words] }),
  }),
  display: (command) => ({
    // Without a time it stays until replaced: shown means done.
    steps: speak(command.content.words, command.showForMs ?? 0),
    result: ({ words, shownForMs }) => ({ shownForMs, shown: [...words] }),
  }),
  promote: (command, place) => (isSlip(command) ? print(command) : show(command, place)),
  'offer-service': (command, place) => ({
    steps: [
      ...speak(command.content.words, place.moves ? undefined : glanceMs),
      ask({
        kind: 'offer',
        device: place.device,
        ticket: command.ticket,
        service: command.service,
        ...(command.kiosk !== undefined && { kiosk: command.kiosk }),
        ...about(command.visit),
      }),
    ],
    result: ({ answer }) => ({ answer: answer.offer ?? 'none' }),
  }),
  dock: (command, place) => ({
    steps: go(command.to, place),
    result: () => ({ arrived: true }),
  }),
  'manage-ticket': (command) => ({
    // Nobody is transferred here: `refusal` says so before it comes to this.
    steps: command.action === 'transfer' ? [] : [{ do: 'ticket', action: command.action, ms: 50 }],
    result: () => ({}),
  }),
}

const ask = (question: Question, ms = askMs): Step => ({ do: 'ask', question, ms })

/** The command has been parsed by the capability's own schema before. */
export const planFor = (capability: CapabilityName, command: unknown, place: Place): Plan | undefined => {
  const planner = planners[capability] as ((command: unknown, place: Place) => Plan) | undefined
  return planner?.(command, place)
}
