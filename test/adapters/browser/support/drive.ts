/** A device that speaks, is acknowledged, is cut off and dies, over whatever tray it has: what is left waiting at the end. */
import type { OutTray, TrayMessage } from '#adapters/sdk/out-tray.ts'
import { createOutgoing } from '#adapters/sdk/outgoing.ts'
import { topics } from '#protocol/topics.ts'

/** What is given up first, and what last. */
const topicOf = {
  measured: topics.event('demo', 'kiosk-1', 'zone.count'),
  happened: topics.event('demo', 'kiosk-1', 'kiosk.session'),
  done: topics.report('demo', 'kiosk-1', 't-1'),
  said: topics.state('demo', 'kiosk-1'),
} as const

export type Step =
  | {
      readonly is: 'say'
      readonly what: keyof typeof topicOf
      readonly times: number
      readonly length: number
    }
  /** Of what was sent, counted from its end. */
  | { readonly is: 'acknowledge'; readonly back: number }
  | { readonly is: 'line'; readonly isUp: boolean }
  | { readonly is: 'die' }

export interface Driven {
  readonly waiting: readonly string[]
  readonly sent: readonly string[]
  readonly dropped: number
}

const nameOf = ({ boot, n, topic, payload }: TrayMessage) => `${boot} ${n} ${topic} ${payload.length}`

export const drive = async (open: () => Promise<OutTray>, steps: readonly Step[]): Promise<Driven> => {
  const sent: { boot: string; n: number }[] = []
  let dropped = 0
  let lives = 0
  const live = async () => {
    lives += 1
    const tray = await open()
    const outgoing = createOutgoing({
      boot: `boot-${lives}`,
      acknowledgedBy: 'hub',
      onDropped: () => (dropped += 1),
      transport: {
        open: () => {},
        drop: () => {},
        close: async () => {},
        async publish(_topic, payload) {
          const { boot, n } = JSON.parse(payload) as { boot: string; n: number }
          sent.push({ boot, n })
        },
      },
      tray: {
        earlier: tray.earlier('kiosk-1'),
        put: (message) => tray.put('kiosk-1', message) ?? undefined,
        take: (message) => tray.take('kiosk-1', message),
        now: () => 1,
        marker: () => ({ topic: topicOf.said, body: {} }),
      },
    })
    return { tray, outgoing }
  }
  let { tray, outgoing } = await live()
  for (const step of steps) {
    if (step.is === 'say')
      for (let time = 0; time < step.times; time += 1)
        outgoing.keep(topicOf[step.what], { text: 'x'.repeat(step.length) })
    if (step.is === 'acknowledge') {
      const last = sent.at(-1 - (step.back % Math.max(1, sent.length)))
      if (last !== undefined) outgoing.acknowledged(last)
    }
    if (step.is === 'line' && step.isUp) outgoing.up()
    if (step.is === 'line' && !step.isUp) outgoing.down()
    await outgoing.written()
    if (step.is !== 'die') continue
    await tray.close()
    ;({ tray, outgoing } = await live())
  }
  await tray.close()
  tray = await open()
  const waiting = tray.earlier('kiosk-1').map(nameOf)
  await tray.close()
  return { waiting, sent: sent.map(({ boot, n }) => `${boot} ${n}`), dropped }
}
