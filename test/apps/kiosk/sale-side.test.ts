/** The kiosk in the room of a sale: there exactly while it has a ticket, and out of it as soon as the customer wants no more. */
import { expect, test } from 'vitest'
import type { CallMedia, CallOptions, CallView } from '#apps/call/port.ts'
import { createSaleSide } from '#apps/kiosk/outside/sale-side.ts'
import type { DeviceConfig } from '#protocol/messages.ts'
import type { KioskSale } from '#protocol/recording/kiosk-sale.ts'

const view = { over: null, trouble: null } as CallView

const stage = () => {
  const said: string[] = []
  const openCall = ({ ticket }: CallOptions) => {
    said.push(`open ${ticket}`)
    return {
      watch: (callback: (now: CallView) => void) => {
        callback(view)
        return () => undefined
      },
      hangUp: async () => void said.push('hung up'),
      close: () => void said.push('closed'),
    } as Partial<CallMedia> as CallMedia
  }
  const side = createSaleSide({
    tell: (name, data) => void said.push(`${name} ${JSON.stringify(data)}`),
    load: () => Promise.resolve({ openCall }),
  })
  const config = async (sale?: Partial<KioskSale> | string) => {
    const whole = { sale: 'sale-1', state: 'recording', title: {}, seller: 'manager:mei', ticket: null }
    const told = typeof sale === 'object' ? { ...whole, ...sale } : sale
    side.onConfig({ settings: told === undefined ? {} : { sale: told } } as unknown as DeviceConfig)
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  return { said, side, config }
}

test('opens once, with the yes, and closes with the sale', async () => {
  const { said, config } = stage()
  await config({ state: 'consent' })
  expect(said).toEqual([])
  await config({ state: 'starting', ticket: 'one' })
  await config({ state: 'recording', ticket: 'one' })
  await config({ state: 'paused', ticket: 'one' })
  expect(said).toEqual(['open one'])
  // What cannot be read changes nothing: nobody is recorded without the sign for it.
  await config('nonsense')
  expect(said).toEqual(['open one'])
  await config()
  expect(said).toEqual(['open one', 'closed'])
})

test('in a call it is the call that is recorded: nothing more is opened', async () => {
  const { said, config } = stage()
  await config({ state: 'recording', ticket: null })
  expect(said).toEqual([])
})

test('the customer stops it: unseen at once, and the hub hears of it by both ways', async () => {
  const { said, side, config } = stage()
  await config({ ticket: 'one' })
  side.stop()
  expect(said).toEqual(['open one', 'recording.answered {"sale":"sale-1","given":false}', 'hung up'])
})
