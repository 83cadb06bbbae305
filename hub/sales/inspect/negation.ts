/**
 * Words around a phrase that make it another one, whatever the script says: 不可能损失本金 holds what has to be said, and
 * 不太同意 and 同意不了 hold a yes. Neither counts. Where it is not sure, nothing was heard: it is said again. A forbidden
 * wording is found all the same, so that nobody is excused by a word that happens to stand before it.
 */
import type { Span } from './wordings.ts'

/** `no`: its contrary. `open`: asked back, or on a condition. */
export type Reading = 'said' | 'no' | 'open'

/** Words that hold a negation and negate nothing, or a sentence of their own. */
const harmless =
  /未[来來]|非常|[无無][论論]|不[管论論但仅僅过過只光断斷错錯]|[没沒][错錯事]|[没沒无無]有?(?:问题|問題|意见|意見|疑问|疑問|异议|異議)|[没沒][关關][系係]|不(?:用|必)了|不好意思|[无無]条件|[无無]條件|毫不[犹猶][豫疑]|差不多/gu
const masked = (text: string) => text.replace(harmless, (word) => '＿'.repeat(word.length))

const beforeMax = 16
/** So that a harmless word is not cut in two. */
const harmlessMax = 8

const englishNot = 'not|never|(?:do|does|did|ca|could|wo|would|is|are|was|should)nt'
const notBefore = new RegExp(
  `(?:[不没沒未非无無勿][会會能是可太再曾该該要想用得必有很]?|${englishNot})$`,
  'u',
)
/** 没有，是否愿意购买: a sentence of its own begins here. */
const begins = /^(?:我|您|你|请|請|是否|本产品|本產品|本行|这|這|[该該]产品)/u

const noBefore = new RegExp(
  `(?:[不没沒未非无無勿别別难難][^我＿]{0,3}|(?:不代表|不等于|不等於|不是[说說]|[没沒]有?[说說]|不[觉覺]得|不[见見]得)我?[^我＿]{0,2}|(?:${englishNot}|no|dis)(?:really|quite|fully|yet|to|want|wantto)?)$`,
  'u',
)
const noAfter = /^(?:不了(?!解)|不起|才怪|not|nt)/u
const openBefore =
  /(?:如果|要是|假如|假设|假設|除非|是否|是不是|要不要|[会會]不[会會]|能不能|什[么麼](?:叫|是)|(?<!不)怎[么麼])[^＿]{0,3}$/u
const openAfter = /^了?(?:[吗嗎么麼]|什[么麼]|啥|哪)/u

const around = (text: string, { from, to }: Span) => ({
  before: masked(text.slice(Math.max(0, from - beforeMax - harmlessMax), from)).slice(-beforeMax),
  after: text.slice(to),
})

/** Of what has to be told. */
export const readWording = (text: string, span: Span): Reading => {
  const { before } = around(text, span)
  return notBefore.test(before) && !begins.test(text.slice(span.from)) ? 'no' : 'said'
}

/** Of a yes: the doubt is the customer’s. */
export const readConsent = (text: string, span: Span): Reading => {
  const { before, after } = around(text, span)
  if (openBefore.test(before) || openAfter.test(after)) return 'open'
  return noBefore.test(before) || noAfter.test(after) ? 'no' : 'said'
}
