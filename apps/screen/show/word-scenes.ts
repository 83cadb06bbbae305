/** Words on the screen, large: each look for what they are about. Where there are several languages they take turns. */
import type { Content, Words } from '#protocol/targets.ts'
import type { Time } from '../time.ts'
import { element } from './element.ts'
import type { Scene } from './scene.ts'

export type Look = Content['template']

export interface WordsParts {
  readonly look: Look
  readonly words: readonly Words[]
  readonly values: Content['values']
  readonly time: Time
}

/** Read twice at leisure. */
const eachMs = 6_000

/** What everybody must have read at once, and what is nearly the same in every language, is said in all of them. */
const atOnce: ReadonlySet<Look> = new Set(['emergency', 'ticket-call'])

/** So that the longest sentence still fits, and a short one fills the screen. */
const sizeOf = (text: string): string => {
  // Chinese letters are as wide as two others.
  const wide = text.length + (text.match(/\p{Script=Han}|[\u3000-\u303f\uff00-\uffef]/gu)?.length ?? 0)
  if (wide <= 24) return 'huge'
  if (wide <= 70) return 'large'
  return wide <= 180 ? 'middle' : 'small'
}

const sentence = ({ language, text }: Words): HTMLElement =>
  element('p', { class: `sentence ${sizeOf(text)}`, text, lang: language })

export const wordsScene = ({ look, words, values = {}, time }: WordsParts): Scene => {
  const sentences = words.map(sentence)
  const place = element('div', { class: 'sentences' })
  const { ticket } = values
  const figure =
    ticket === undefined ? undefined : element('p', { class: 'figure', text: String(ticket), lang: 'zxx' })
  let cancel = () => {}
  let at = 0
  const turn = () => {
    place.replaceChildren(...sentences.slice(at, at + 1))
    at = (at + 1) % sentences.length
    cancel = time.after(eachMs, turn)
  }
  if (atOnce.has(look) || sentences.length < 2) place.append(...sentences)
  else turn()
  return {
    element: element('section', { class: `words look-${look}` }, [figure, place]),
    dispose: () => cancel(),
  }
}

/** Under a picture or a video, one language after the other. */
export const captionOf = (words: readonly Words[]): HTMLElement | undefined =>
  words.length === 0
    ? undefined
    : element(
        'figcaption',
        { class: 'caption' },
        words.slice(0, 2).map(({ language, text }) => element('p', { text, lang: language })),
      )
