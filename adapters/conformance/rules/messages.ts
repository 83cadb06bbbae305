/** Judged over everything the device said: its words, its numbers, and how it sent them. */
import type { z } from 'zod'
import { channels } from '#protocol/channels.ts'
import { events, isEventName, vendorEvent } from '#protocol/events.ts'
import { Numbered } from '#protocol/messages.ts'
import type { DeviceTopic } from '#protocol/topics.ts'
import type { Exam } from '../exam.ts'
import { unknownCapability } from '../exam.ts'
import { broken, doesNotApply, notProved, type Rule } from '../rule.ts'
import type { Message } from '../transcript.ts'
import { say } from '../words.ts'

/** What the hub's broker takes in one message. */
const payloadBytesMax = 65_536

const schemaOf = (topic: DeviceTopic): z.ZodType | undefined => {
  if (topic.channel === 'event') {
    if (isEventName(topic.name)) return events[topic.name]
    return topic.name.startsWith('x-') ? vendorEvent : undefined
  }
  return Object.values(channels[topic.channel].messages)[0]
}

const spoken = (exam: Exam): Message[] =>
  exam.transcript.messages().filter(({ from }) => from === 'device' || from === 'will')

const deviceTopic = ({ parts }: Message): DeviceTopic | undefined =>
  parts !== undefined && parts.channel !== 'hub' && 'device' in parts ? (parts as DeviceTopic) : undefined

const linesBefore = 4

/** The message that is judged, with what went before it. */
const show = (exam: Exam, message: Message | undefined) => {
  if (message !== undefined) exam.show(Math.max(0, message.index - linesBefore), message.index + 1)
}

const valid: Rule = {
  id: 'words.valid',
  level: 'bronze',
  title: say(
    'Every message stands on its own topics and fits its schema',
    '每条消息都在自己的主题上，并符合格式',
  ),
  clause: 'contract 3; errors payload.invalid, topic.foreign, topic.unknown',
  atTheEnd: true,
  prove(exam) {
    const own = new Set([exam.device, exam.member, ...(exam.manifestOf(exam.device)?.speaksFor ?? [])])
    for (const message of spoken(exam)) {
      show(exam, message)
      const topic = deviceTopic(message)
      if (topic === undefined)
        return broken(`${message.topic} is not a topic of the contract`, `${message.topic} 不是约定的主题`)
      if (!own.has(topic.device) || topic.branch !== exam.branch)
        broken(`it speaks under another name: ${message.topic}`, `它以别的名义发言：${message.topic}`)
      if (message.payload.length > payloadBytesMax)
        broken(`a message on ${message.topic} is too large`, `${message.topic} 上的消息过大`)
      // Presence and manifest have rules of their own.
      if (topic.channel === 'presence' || topic.channel === 'manifest') continue
      const schema = schemaOf(topic)
      if (schema === undefined)
        return broken(`the event ${message.topic} is not known`, `未知事件 ${message.topic}`)
      const parsed = schema.safeParse(message.body)
      if (parsed.success) continue
      const issue = parsed.error.issues[0]
      const what = `${message.topic}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`
      broken(`a message does not fit its schema: ${what}`, `消息不符合格式：${what}`)
    }
  },
}

const retained: ReadonlySet<string> = new Set(['presence', 'manifest'])
/** State and progress may be lost on the way; a newer one makes up for it. */
const mayBeLost = ({ parts, body }: Message) =>
  parts?.channel === 'state' || parts?.channel === 'stream' || body?.['status'] === 'progress'

const sentWell: Rule = {
  id: 'words.delivery',
  level: 'bronze',
  title: say(
    'What must arrive is sent with QoS 1; only presence and manifest are retained',
    '必须送达的消息用 QoS 1；只有在线状态和清单是保留消息',
  ),
  clause: 'contract 3: QoS, retained; errors qos.unsupported, topic.retain',
  atTheEnd: true,
  prove(exam) {
    const heard = spoken(exam).filter(({ from }) => from === 'device')
    const over = heard.find(({ qos }) => qos > 1)
    show(exam, over)
    if (over !== undefined) broken(`${over.topic} was sent with QoS 2`, `${over.topic} 使用了 QoS 2`)
    const kept = heard.find(({ retain, parts }) => retain && !retained.has(parts?.channel ?? ''))
    show(exam, kept)
    if (kept !== undefined) broken(`${kept.topic} was retained`, `${kept.topic} 被设为保留`)
    // Another client hears a message with the lower of two QoS, and only the broker itself sees how it was sent.
    if (exam.parts.station.line === undefined) return
    const weak = heard.find((message) => message.qos === 0 && !mayBeLost(message))
    show(exam, weak)
    if (weak !== undefined) broken(`${weak.topic} was sent with QoS 0`, `${weak.topic} 使用了 QoS 0`)
  },
}

/** What waited through a restart may say how late it is. */
const contentOf = ({ body, payload }: Message) => {
  if (body === undefined) return payload
  const { observedAgoMs: _late, ...rest } = body
  return JSON.stringify(rest)
}

const numbers: Rule = {
  id: 'numbers.grow',
  level: 'silver',
  title: say(
    'Messages are numbered: n grows within a boot, and no two messages share one',
    '消息带编号：同一启动内递增，不同消息不共用编号',
  ),
  clause: 'contract 3: boot and n',
  atTheEnd: true,
  prove(exam) {
    const highest = new Map<string, number>()
    const seen = new Map<string, string>()
    for (const message of spoken(exam)) {
      if (message.from !== 'device' || message.parts?.channel === 'stream') continue
      show(exam, message)
      const { boot, n } = Numbered.safeParse(message.body).data ?? {}
      if (boot === undefined || n === undefined)
        return broken(`a message on ${message.topic} has no number`, `${message.topic} 上的消息没有编号`)
      const content = `${message.topic} ${contentOf(message)}`
      // The hub counts for each device by itself, also behind a gateway.
      const line = `${deviceTopic(message)?.device ?? ''}/${boot}`
      const before = seen.get(`${line}/${n}`)
      if (before !== undefined && before !== content)
        broken(`two different messages have the number ${n}`, `两条不同的消息使用了编号 ${n}`)
      if (before !== undefined) continue
      seen.set(`${line}/${n}`, content)
      const high = highest.get(line) ?? -1
      if (n <= high) broken(`the number ${n} came after ${high}`, `编号 ${n} 出现在 ${high} 之后`)
      highest.set(line, n)
    }
  },
}

const sentAgain: Rule = {
  id: 'numbers.sent-again',
  level: 'gold',
  title: say(
    'A message that was not acknowledged is sent again, unchanged, with the same number',
    '没有得到确认的消息会重发，内容和编号不变',
  ),
  clause: 'contract 3: sent again until it is acknowledged',
  needs: ['refuse.unsupported', 'presence.reborn'],
  wants: 'line',
  async prove(exam) {
    if (!exam.isListening()) doesNotApply('it takes no tasks', '它不接任务')
    const probe = exam.trial(unknownCapability, { command: {} })
    const held = (topic: string) => topic.endsWith(`/task/${probe.task}/report`)
    exam.line.holdAcks(held)
    await probe.offer()
    const first = await probe.answer()
    exam.transcript.note(
      say('the report is not acknowledged, and the line is cut', '不确认该报告，并切断线路'),
    )
    exam.line.holdAcks(undefined)
    const since = exam.transcript.mark()
    exam.line.cut()
    if (first === undefined) return notProved('there was nothing to acknowledge', '没有需要确认的消息')
    const again = await probe.report(() => true, { since, withinMs: exam.pace.reconnectMs })
    if (again === undefined) return broken('the report was not sent again', '该报告没有重发')
    if (again.n !== first.n || again.boot !== first.boot)
      broken(
        `it was sent again as number ${again.n}, not ${first.n}`,
        `重发的编号是 ${again.n}，应为 ${first.n}`,
      )
    if (again.message.payload !== first.message.payload)
      broken('it was sent again with another content', '重发的内容不同')
  },
}

export const messageRules: readonly Rule[] = [valid, sentWell, numbers]
export const resendRules: readonly Rule[] = [sentAgain]
