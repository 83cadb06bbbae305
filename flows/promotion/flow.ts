/** Promotion: who lingers, and screens that stand idle, are shown what fits; nobody who waits long or is being served. */
import type { FlowEvent } from '#protocol/flow-events.ts'
import { defineFlow } from '../define.ts'
import { isWorthAThought } from './decide.ts'
import { promotionMachine } from './machine.ts'
import { fromFirst } from './migrations.ts'
import { PromotionPolicy } from './policy.ts'
import { promotionView, screensKey } from './view.ts'

const keyOf = (event: FlowEvent): string | undefined => {
  switch (event.type) {
    case 'minute.passed':
      return screensKey
    case 'zone.dwelled':
      return event.visit ?? screensKey
    case 'visit.ended':
    case 'visit.merged':
    case 'visit.moved':
      return event.visit
    case 'ticket.issued':
    case 'ticket.called':
    case 'kiosk.session':
      return event.visit ?? undefined
    default:
      return undefined
  }
}

export const promotion = defineFlow({
  id: 'promotion',
  version: 2,
  title: { en: 'Promotion', zh: '产品推荐' },
  purpose: {
    en: 'Shows a visitor who lingers, and idle screens, what fits: one at a time, within caps, never under pressure.',
    zh: '向停留的来客及空闲屏幕展示合适的内容：一次一项，有上限，繁忙时不推广。',
  },
  policy: PromotionPolicy,
  listens: [
    'zone.dwelled',
    'minute.passed',
    'visit.ended',
    'visit.merged',
    'visit.moved',
    'ticket.issued',
    'ticket.called',
    'kiosk.session',
  ],
  starts: ['zone.dwelled', 'minute.passed', 'ticket.issued'],
  worthStarting: isWorthAThought,
  key: keyOf,
  // Of two promotions to what turns out to be one visitor neither may go on unseen by the other.
  keys: (event) => (event.type === 'visit.merged' ? [event.into] : []),
  view: promotionView,
  machine: promotionMachine,
  modes: {
    closed: 'stop',
    opening: 'quiet',
    open: 'run',
    closing: 'quiet',
    'cash-delivery': 'quiet',
    emergency: 'stop',
  },
  pausable: true,
  resting: { standing: (key) => key === screensKey },
  gracedDelays: ['giveUp'],
  migrations: { 1: fromFirst },
})
