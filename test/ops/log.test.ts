import { describe, expect, it } from 'vitest'
import { createLog } from '#hub/ops/log.ts'

const canary = 'canary-5f2c9'

const logged = (write: (log: ReturnType<typeof createLog>) => void): string => {
  let text = ''
  write(createLog('debug', { write: (line) => void (text += line) }))
  return text
}

describe('the log', () => {
  it('is one JSON object a line, with the time and the name of the level', () => {
    const [line = '', ...more] = logged((log) => log.info({ device: 'robot-1' }, 'device connected'))
      .trimEnd()
      .split('\n')
    expect(more).toEqual([])
    expect(JSON.parse(line)).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/),
      device: 'robot-1',
      msg: 'device connected',
    })
  })

  it.each([
    ['a field', { password: canary }],
    ['a field within a field', { body: { claimCode: canary } }],
    [
      'a field far down',
      { config: { mqtt: { clients: [{ name: 'a', credential: { privateKey: canary } }] } } },
    ],
    ['a name written otherwise', { headers: { Authorization: canary, TOKEN: canary } }],
    ['an error’s own field', { err: Object.assign(new Error('no'), { request: { secret: canary } }) }],
    ['a key as text', { note: `x -----BEGIN EC PRIVATE KEY-----\n${canary}` }],
    ['bytes', { body: Buffer.from(canary) }],
  ])('removes a secret in %s', (_, fields) => {
    const text = logged((log) => log.warn(fields, 'refused'))
    expect(text).not.toContain(canary)
    expect(text).not.toContain(Buffer.from(canary).toJSON().data.slice(0, 4).join(','))
    expect(text).toContain('[removed]')
  })

  it('keeps what an error says, and its code', () => {
    const text = logged((log) => log.error({ err: Object.assign(new Error('broken'), { code: 'E' }) }, 'x'))
    expect(JSON.parse(text)).toMatchObject({ err: { message: 'broken', code: 'E', type: 'Error' } })
  })

  it('ends in bounded time with what refers to itself', () => {
    const loop: Record<string, unknown> = { name: 'a' }
    loop['self'] = loop
    expect(logged((log) => log.info({ loop }, 'x'))).toContain('[removed]')
  })
})
