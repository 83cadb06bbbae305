/** Settings that decisions depend on, each with its default, its unit and why it is there. */
import { z } from 'zod'

const day = 86_400_000

export const HubSettings = z.strictObject({
  seed: z.string().min(1).max(64).default('usher').meta({
    unit: 'text',
    description:
      'What chance is drawn from: which of two equal members is asked. Not changed without need: a replay of the journal draws from it again.',
  }),
  reconnectGraceMs: z.int().min(0).max(day).default(5_000).meta({
    unit: 'ms',
    description:
      'After a start, deadlines that wait for a device or a person fall no earlier than this: they need a moment to come back.',
  }),
  resendMs: z.int().min(100).max(600_000).default(2_000).meta({
    unit: 'ms',
    description:
      'A message that no report has closed is sent again this often; long enough for an answer to cross a slow line.',
  }),
  visitSilenceMs: z.int().min(0).max(day).default(120_000).meta({
    unit: 'ms',
    description:
      'A visit whose track fell silent ends after this: sensors lose people behind pillars for less than that.',
  }),
  reentryMs: z.int().min(0).max(day).default(60_000).meta({
    unit: 'ms',
    description: 'Who comes back to the entrance within this is the same visit, and is not greeted again.',
  }),
  burstMs: z.int().min(0).max(day).default(10_000).meta({
    unit: 'ms',
    description: 'Counted arrivals are one burst, greeted once, until nobody came for this long.',
  }),
  interruptionsMax: z.int().min(1).max(1_000).default(4).meta({
    unit: 'offers in ten minutes',
    description: 'How often one person may be interrupted; an emergency comes through all the same.',
  }),
  alertClaimMs: z.int().min(1_000).max(day).default(60_000).meta({
    unit: 'ms',
    description:
      'An urgent or high alert that nobody has claimed by then goes to the next person on duty, and so on until somebody claims it.',
  }),
})
export type HubSettings = Readonly<z.infer<typeof HubSettings>>

export const defaultSettings: HubSettings = HubSettings.parse({})
