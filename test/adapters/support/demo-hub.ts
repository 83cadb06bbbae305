/** A hub with the demonstration branch, and somebody at its sensor for trying things out. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createMqttTransport } from '#adapters/sdk/mqtt-transport.ts'
import type { EventData, EventName } from '#protocol/events.ts'
import { topics } from '#protocol/topics.ts'
import { demoBranch, startUsher, usher } from '../../cli/support.ts'
import { type AdapterProcess, startAdapterProcess } from '../sdk/support/process.ts'

export interface TaskLine {
  readonly id: string
  readonly phase: string
  readonly intent: { readonly capability: string }
  readonly attempts: readonly { readonly member: string }[]
}

/** Published by the sensor `tester-1`, which nothing simulates. */
export const sense = async <N extends EventName>(broker: string, name: N, all: readonly EventData<N>[]) => {
  const { promise: isUp, resolve: onUp } = Promise.withResolvers<void>()
  const line = createMqttTransport({ address: { url: broker }, onTrouble: () => {} })
  line.open({
    clientId: 'demo/tester-1',
    will: undefined,
    subscriptions: [topics.error('demo', 'tester-1')],
    onUp,
    onDown: () => {},
    onMessage: () => {},
  })
  await isUp
  for (const data of all)
    await line.publish(topics.event('demo', 'tester-1', name), JSON.stringify(data), {
      qos: 1,
      retain: false,
    })
  await line.close(true)
}

export const startDemoHub = async (folder: string) => {
  mkdirSync(folder, { recursive: true })
  const settings = join(folder, 'hub.yaml')
  writeFileSync(
    settings,
    `branch: ${demoBranch}\ndata: data\nmqtt: { loopback: { port: 0, trust: declared }, tls: false }\nhttp: { port: 0 }\n`,
  )
  const hub = startUsher(['start', '--config', settings])
  const ready = JSON.parse(await hub.line(/the hub is ready/)) as { mqtt: string }
  const broker = `mqtt://127.0.0.1:${ready.mqtt.split(':').at(-1) ?? ''}`
  const say = async (...words: readonly string[]) => {
    const { code, said, complained } = await usher(...words, '--data', join(folder, 'data'))
    if (code !== 0) throw new Error(`usher ${words.join(' ')} ended with ${code}: ${complained}`)
    return said
  }
  const json = async <T>(...words: readonly string[]) => JSON.parse(await say(...words, '--json')) as T
  const processes: AdapterProcess[] = []
  return {
    broker,
    say,
    json,
    /** The newest of that kind that this member was asked for. */
    async taskFor(member: string, capability: string) {
      const tasks = await json<TaskLine[]>('tasks', 'list', '--all', '--limit', '1000')
      return tasks.find(
        ({ intent, attempts }) => intent.capability === capability && attempts.at(-1)?.member === member,
      )
    },
    sense: <N extends EventName>(name: N, data: EventData<N>) => sense(broker, name, [data]),
    /** @param config its own settings; written to a file, as in the field */
    startAdapter(main: string, device: string, config: object) {
      const file = join(folder, `${device}-${processes.length}.json`)
      writeFileSync(file, JSON.stringify(config))
      const adapter = startAdapterProcess([main], {
        USHER_BROKER: broker,
        USHER_DEVICE: device,
        USHER_STATE: join(folder, 'state'),
        USHER_CONFIG: file,
      })
      processes.push(adapter)
      return adapter
    },
    async stop() {
      for (const one of processes) one.kill('SIGKILL')
      await Promise.all(processes.map(({ ended }) => ended))
      hub.child.kill('SIGTERM')
      await hub.ended
    },
  }
}
export type DemoHub = Awaited<ReturnType<typeof startDemoHub>>
