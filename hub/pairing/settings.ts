/** How many pages may wait to be let in, and for how long: whoever reaches the hub may ask for a code. */
import { z } from 'zod'

export const PairingSettings = z.strictObject({
  waitingMax: z.int().min(1).max(10_000).default(200).meta({
    unit: 'pages',
    description: 'Waiting with a code at once; more than a branch sets up in a day.',
  }),
  waitingPerAddressMax: z.int().min(1).max(1_000).default(16).meta({
    unit: 'pages',
    description:
      'The same for one address: beyond it the oldest of that address gives way, so that nobody fills the hub from one place.',
  }),
  codesPerMinute: z.int().min(1).max(1_000).default(20).meta({
    unit: 'codes/min',
    description: 'How many one address may ask for; a page that is loaded again keeps the one it has.',
  }),
  codeLifeMs: z.int().min(10_000).max(86_400_000).default(900_000).meta({
    unit: 'ms',
    description: 'A code is typed within minutes; the page takes another by itself when it ends.',
  }),
})
export type PairingSettings = z.infer<typeof PairingSettings>
