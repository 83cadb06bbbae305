/** A robot that does not accept the adapter's token, over each transport. */
import { afterEach, expect, test } from 'vitest'
import { createStand, type Stand } from './support/stand.ts'

const token = 'a-token-of-another-robot'
let stand: Stand
afterEach(() => stand?.stop())

const withToken = (robot: unknown) => ({ ...(robot as object), token })

test.each(['websocket', 'http', 'webhook'])(
  '%s: told once as unauthorised, and the token is in no log',
  async (transport) => {
    stand = await createStand({ environment: { ROBOT_TRANSPORT: transport }, retoken: withToken })
    await stand.until(() =>
      expect(stand.lines.filter(({ fields }) => fields['code'] === 'unauthorised')).toHaveLength(1),
    )
    expect(stand.hub.session()).toBeUndefined()
    expect(JSON.stringify(stand.lines)).not.toContain(token)
  },
  90_000,
)
