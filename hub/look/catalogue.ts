/** Every code that a row or a record may carry, with its words in one language: what a page needs to say them itself. */
import { flowReasons } from '#flows/reasons.ts'
import type { WordsAnswer } from '#protocol/desk/look/words.ts'
import type { FlowSet } from '../engine/flow-set.ts'
import { alertWords } from './words/alerts.ts'
import { carriedReasons } from './words/carried-words.ts'
import {
  autonomyNames,
  capabilityNames,
  healthNames,
  kindNames,
  linkNames,
  modeNames,
  phaseNames,
  priorityNames,
  scorePartNames,
  segmentNames,
  willingnessNames,
} from './words/names.ts'
import { inTongue, type Tongue } from './words/pair.ts'
import { hubReasons } from './words/reason-words.ts'
import { recordWords } from './words/records.ts'

const reasons = { ...recordWords, ...flowReasons, ...hubReasons }

export const catalogue = (flows: FlowSet, tongue: Tongue): WordsAnswer => ({
  lang: tongue,
  reasons: inTongue(reasons, tongue),
  carried: carriedReasons.map(({ prefix, words, of }) => ({
    prefix,
    text: words[tongue],
    ...(of !== undefined && { of }),
  })),
  alerts: Object.fromEntries(
    Object.entries(alertWords).map(([code, { title, text }]) => [
      code,
      { title: title[tongue], text: text[tongue] },
    ]),
  ),
  flows: Object.fromEntries(
    flows.list.map(({ id, title, purpose }) => [id, { title: title[tongue], purpose: purpose[tongue] }]),
  ),
  capabilities: inTongue(capabilityNames, tongue),
  phases: inTongue(phaseNames, tongue),
  modes: inTongue(modeNames, tongue),
  autonomy: inTongue(autonomyNames, tongue),
  links: inTongue(linkNames, tongue),
  healths: inTongue(healthNames, tongue),
  willingness: inTongue(willingnessNames, tongue),
  kinds: inTongue(kindNames, tongue),
  segments: inTongue(segmentNames, tongue),
  priorities: inTongue(priorityNames, tongue),
  scoreParts: inTongue(scorePartNames, tongue),
})
