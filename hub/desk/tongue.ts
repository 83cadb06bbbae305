/** In which language the desk speaks to somebody: as chosen on the page, else as the browser asks for. */
import type { DeskTongue } from '#protocol/desk/errors.ts'

const tongueIn = (text: string | undefined): DeskTongue | undefined => {
  if (text === undefined) return undefined
  if (/^zh\b/i.test(text)) return 'zh'
  return /^en\b/i.test(text) ? 'en' : undefined
}

/** RFC 9110, 12.5.4: the wished ones with their weights. */
const asked = (header: string): DeskTongue | undefined =>
  header
    .split(',', 20)
    .map((part) => {
      const [range = '', weight] = part.trim().split(/;\s*q=/)
      return { tongue: tongueIn(range), weight: weight === undefined ? 1 : Number(weight) || 0 }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .find(({ tongue }) => tongue !== undefined)?.tongue

export const tongueFor = (wishes: {
  chosen?: string | undefined
  cookie?: string | undefined
  acceptLanguage?: string | undefined
}): DeskTongue =>
  tongueIn(wishes.chosen) ?? tongueIn(wishes.cookie) ?? asked(wishes.acceptLanguage ?? '') ?? 'zh'
