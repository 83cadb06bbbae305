/** A branch is no laboratory: floods, rubbish, slow lines, other people's letters. A device lives through them. */
import { topics } from '#protocol/topics.ts'
import { type Exam, unknownCapability } from '../exam.ts'
import { broken, doesNotApply, type Rule } from '../rule.ts'
import { withWords } from '../samples.ts'
import { acceptedTrial, offered, workingTrial } from '../steps.ts'
import type { JsonObject } from '../transcript.ts'
import { begun } from '../trial.ts'
import { say } from '../words.ts'

const takesTasks = (exam: Exam) => {
  if (!exam.isListening()) doesNotApply('it takes no tasks', '它不接任务')
}

const letters = [
  { language: 'zh', text: '您好，𠮷田先生！请到 3 号窗口。' },
  { language: 'en', text: 'Grüße, Zoë — naïve café 👩🏽‍💼🏦 ✓ “quoted” \\ / \' " <b>&amp;</b>' },
  { language: 'ar', text: 'مرحبا بكم \u202e abc \u2069' },
  { language: 'th', text: 'สวัสดี e\u0301\u0323 \u00a0\u2003\t\n' },
]

const unicode: Rule = {
  id: 'rough.unicode',
  level: 'gold',
  title: say(
    'Words in any script are taken as they are, and come back unchanged',
    '任何文字原样接受，原样返回',
  ),
  clause: 'contract 10: words are said as they are',
  needs: ['task.done'],
  async prove(exam) {
    let carried = 0
    for (const capability of exam.capabilities) {
      const plain = exam.command(capability, 1)
      const command = withWords(plain, letters) as JsonObject
      if (JSON.stringify(command) === JSON.stringify(plain)) continue
      carried += 1
      const { trial, answer } = await offered(exam, () => exam.trial(capability, { command }))
      if (answer?.status !== 'accepted')
        broken(
          `${capability} with such words was ${answer?.code ?? answer?.status ?? 'not answered'}`,
          `含有这些文字的 ${capability}：${answer?.code ?? answer?.status ?? '没有应答'}`,
        )
      await trial.start()
      const final = await trial.final()
      if (final?.status !== 'done')
        broken(
          `${capability} with such words ended as ${final?.code ?? final?.status ?? 'nothing'}`,
          `含有这些文字的 ${capability} 结果是 ${final?.code ?? final?.status ?? '无'}`,
        )
      mustComeBackUnchanged(final?.result ?? {})
    }
    if (carried === 0) doesNotApply('no capability carries words', '没有携带文字的能力')
    await exam.mustBeAlive()
  },
}

const mustComeBackUnchanged = (result: JsonObject) => {
  const known = new Set(letters.map(({ text }) => text))
  for (const key of ['said', 'shown']) {
    const words = result[key]
    if (!Array.isArray(words)) continue
    const strange = words.find((one: unknown) => !known.has((one as { text: string }).text))
    if (strange !== undefined)
      broken(
        `words came back changed: ${JSON.stringify(strange)}`,
        `文字返回时被改变：${JSON.stringify(strange)}`,
      )
  }
}

const pad = 'x'.repeat(60_000)

const large: Rule = {
  id: 'rough.large',
  level: 'gold',
  title: say('Messages of 60 kB are taken like any other', '60 KB 的消息照常处理'),
  clause: 'contract 10: large messages; broker limit payloadBytesMax',
  needs: ['task.done', 'rough.unknown-fields'],
  async prove(exam) {
    const { trial, answer } = await offered(exam, () => workingTrial(exam), { 'x-padding': pad })
    if (answer?.status !== 'accepted')
      broken(
        `the offer was ${answer?.code ?? answer?.status ?? 'not answered'}`,
        `任务的应答是 ${answer?.code ?? answer?.status ?? '无'}`,
      )
    await trial.start({ 'x-padding': pad })
    if ((await trial.final())?.status !== 'done') broken('the task was not done', '任务没有完成')
    await exam.configure({ settings: { 'x-padding': pad } })
    await exam.mustBeAlive()
    await exam.configure()
  },
}

const unknownFields: Rule = {
  id: 'rough.unknown-fields',
  level: 'silver',
  title: say(
    'Fields it does not know are passed over: a newer hub may send more',
    '忽略不认识的字段：新版中枢可能会多发',
  ),
  clause: 'contract 10: the contract grows by fields',
  needs: ['task.done'],
  async prove(exam) {
    const more = { 'x-new': { deep: [1, { er: null }] }, hint: 'later version' }
    const plain = await workingTrial(exam)
    const command = { ...plain.command, ...more }
    const { trial, answer } = await offered(exam, () => exam.trial(plain.capability, { command }), more)
    if (answer?.status !== 'accepted')
      broken(
        `the offer was ${answer?.code ?? answer?.status ?? 'not answered'}`,
        `任务的应答是 ${answer?.code ?? answer?.status ?? '无'}`,
      )
    await trial.start(more)
    if ((await trial.final())?.status !== 'done') broken('the task was not done', '任务没有完成')
  },
}

const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`

/** Broken in every way in which a message can be. */
const rubbish = (task: string): readonly (string | Buffer)[] => [
  '',
  'null',
  '[]',
  '"offer"',
  '{"kind":',
  '{}',
  '{"kind":"dance","task":"t","attempt":1,"epoch":1}',
  '{"kind":"offer"}',
  `{"kind":"offer","task":"${task}","attempt":"one","epoch":1}`,
  `{"kind":"start","task":"${task}","attempt":1,"epoch":99999999999999999999}`,
  '{"kind":"cancel","task":"../../etc","attempt":1,"epoch":1,"reason":7,"sentAt":0}',
  '{"__proto__":{"kind":"offer"},"constructor":1}',
  Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x7b]),
  deep,
  `{"kind":"offer","command":${deep}}`,
]

const malformed: Rule = {
  id: 'rough.malformed',
  level: 'gold',
  title: say('Malformed messages on every topic it reads are survived', '每个订阅主题上的错误消息都能承受'),
  clause: 'contract 10: look before you believe',
  needs: ['birth.presence'],
  async prove(exam) {
    const { branch, device, parts } = exam
    const task = `${parts.mark}-rubbish`
    for (const payload of rubbish(task)) await exam.publishTask(payload)
    for (const topic of [
      topics.config(branch, device),
      topics.error(branch, device),
      topics.ack(branch, device),
    ])
      for (const payload of rubbish(task))
        await parts.station.publish(topic, payload, { qos: 1, retain: false })
    for (const payload of ['', 'null', '{"status":7}', deep])
      await parts.station.publish(topics.hub(branch), payload, { qos: 1, retain: false })
    await exam.mustBeAlive()
    await exam.configure()
    const invented = exam.transcript
      .messages()
      .find(
        ({ parts, body }) =>
          parts?.channel === 'report' && parts.task === task && begun.has(body?.['status'] as 'done'),
      )
    if (invented !== undefined) broken('it began a malformed task', '它执行了错误的任务')
  },
}

const floodPatience = 3

const flood: Rule = {
  id: 'rough.flood',
  level: 'gold',
  title: say(
    'A flood of offers, cancels and unknown messages: it stays alive and answers afterwards',
    '大量任务、取消和未知消息涌入：保持运行，之后仍能应答',
  ),
  clause: 'contract 10: a flood',
  needs: ['refuse.unsupported'],
  async prove(exam) {
    takesTasks(exam)
    const from = exam.transcript.mark()
    const count = exam.pace.flood
    exam.transcript.note(say(`${count} messages at once`, `同时发送 ${count} 条消息`))
    const tasks = new Set<string>()
    const all = Array.from({ length: count }, (_, index) => {
      const trial = exam.trial(unknownCapability, { command: {} })
      tasks.add(trial.task)
      if (index % 4 === 0) return trial.cancel()
      if (index % 4 === 1) return exam.publishTask(`{"kind":"x-${index}","task":"${trial.task}"}`)
      return trial.offer()
    })
    await Promise.all(all)
    if (!(await exam.isAlive(exam.pace.patienceMs * floodPatience)))
      broken('it does not answer after the flood', '洪峰之后不再应答')
    const began = exam.transcript
      .messages(from)
      .find(
        ({ parts, body }) =>
          parts?.channel === 'report' && tasks.has(parts.task) && begun.has(body?.['status'] as 'done'),
      )
    if (began !== undefined) broken(`it began something: ${began.topic}`, `它执行了：${began.topic}`)
    if (exam.capabilities.length === 0) return
    const after = await acceptedTrial(exam)
    await after.start()
    if ((await after.final())?.status !== 'done')
      broken('a task after the flood was not done', '洪峰之后的任务没有完成')
  },
}

const slow: Rule = {
  id: 'rough.slow-line',
  level: 'gold',
  title: say('On a slow line it still does its work', '在慢速线路上仍能完成任务'),
  clause: 'contract 10: a slow line',
  needs: ['task.answers', 'repeat.offer', 'repeat.start'],
  wants: 'line',
  async prove(exam) {
    const { line, pace } = exam
    exam.transcript.note(
      say(`each packet now takes ${pace.lineDelayMs} ms`, `每个数据包延迟 ${pace.lineDelayMs} 毫秒`),
    )
    line.slow(pace.lineDelayMs)
    try {
      if (!(await exam.isAlive(pace.patienceMs + 4 * pace.lineDelayMs)))
        broken('it does not answer on a slow line', '慢速线路上没有应答')
      if (exam.capabilities.length === 0) return
      const trial = await acceptedTrial(exam)
      // As the hub does when the answer is slow to come.
      await trial.again('offer')
      await trial.start()
      await trial.again('start')
      if ((await trial.final())?.status !== 'done')
        broken('a task on a slow line was not done', '慢速线路上的任务没有完成')
    } finally {
      line.slow(0)
    }
  },
}

export const roughRules: readonly Rule[] = [unknownFields, unicode, large, malformed, slow, flood]
