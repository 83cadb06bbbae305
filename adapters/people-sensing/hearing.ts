/** One source being heard: its translator, its configuration, and what is remembered between two messages. */
import type { Source } from './config.ts'
import { axis, axisTopics } from './translators/axis.ts'
import { frigate, frigateTopics } from './translators/frigate.ts'
import { milesight, milesightTopics } from './translators/milesight.ts'
import { onvif, onvifTopics } from './translators/onvif.ts'
import type { Outcome, TimeRules, Translator, VendorMessage } from './translators/outcome.ts'
import { xovis, xovisTopics } from './translators/xovis.ts'

export interface Hearing {
  hear(message: VendorMessage): Omit<Outcome<unknown>, 'state'>
}

const open = <C extends TimeRules, S>(
  translator: Translator<Omit<C, keyof TimeRules>, S> | Translator<C, S>,
  config: C,
): Hearing => {
  const one = translator as Translator<C, S>
  let state = one.start(config)
  return {
    hear(message) {
      const { state: next, ...outcome } = one.translate(message, state, config)
      state = next
      return outcome
    },
  }
}

export const createHearing = (source: Source, staleAfterMs: number): Hearing => {
  switch (source.vendor) {
    case 'frigate':
      return open(frigate, { ...source, staleAfterMs })
    case 'onvif':
      return open(onvif, { ...source, staleAfterMs })
    case 'axis':
      return open(axis, { ...source, staleAfterMs })
    case 'milesight':
      return open(milesight, { ...source, staleAfterMs })
    case 'xovis':
      return open(xovis, { ...source, staleAfterMs })
  }
}

/** What to subscribe to for it; none for a source that pushes over HTTP. */
export const topicsOf = (source: Source): string[] => {
  switch (source.vendor) {
    case 'frigate':
      return frigateTopics(source)
    case 'onvif':
      return onvifTopics(source)
    case 'axis':
      return axisTopics(source)
    case 'milesight':
      return milesightTopics(source)
    case 'xovis':
      return xovisTopics(source)
  }
}

/** @returns whether a topic is one that the filter asks for [MQTT-4.7]. */
export const matches = (filter: string, topic: string): boolean => {
  const wanted = filter.split('/')
  const levels = topic.split('/')
  for (const [index, level] of wanted.entries()) {
    if (level === '#') return true
    if (index >= levels.length || (level !== '+' && level !== levels[index])) return false
  }
  return wanted.length === levels.length
}
