/** How a device goes and comes back: with a word when it can, by its will when it cannot, and reborn each time. */
import { topics } from '#protocol/topics.ts'
import type { Exam } from '../exam.ts'
import { leftOver } from '../left-over.ts'
import { broken, notProved, type Rule } from '../rule.ts'
import type { Message } from '../transcript.ts'
import { say } from '../words.ts'

const presenceSays = (exam: Exam, { since, status }: { since: number; status: string }) =>
  exam.transcript.until(() => {
    const topic = topics.presence(exam.branch, exam.device)
    return exam.transcript
      .messages(since)
      .find((message) => message.topic === topic && message.body?.['status'] === status)
  }, exam.pace.patienceMs)

const saysOffline: Rule = {
  id: 'presence.offline',
  level: 'silver',
  title: say(
    'Asked to stop, it says “offline”, retained, and then disconnects',
    '被要求停止时，先发布保留消息 “offline”，再断开',
  ),
  clause: 'contract 2: presence',
  needs: ['birth.presence'],
  wants: 'program',
  async prove(exam) {
    const since = exam.transcript.mark()
    const stopped = await exam.subject.stop(exam.pace.patienceMs)
    if (!stopped) broken('it did not stop when it was asked to', '被要求停止后没有停止')
    const offline = await presenceSays(exam, { since, status: 'offline' })
    if (offline === undefined || offline.from !== 'device')
      return broken('it did not say “offline”', '它没有报告 “offline”')
    if (!offline.retain) broken('“offline” is not retained', '“offline” 消息没有设为保留')
    const will = exam.transcript.messages(offline.index).find(({ from }) => from === 'will')
    if (will !== undefined)
      broken(
        'it left without DISCONNECT, so its will followed',
        '它没有发送 DISCONNECT 就离开，遗嘱消息随后发出',
      )
  },
}

const isLost: Rule = {
  id: 'presence.lost',
  level: 'silver',
  title: say(
    'When its line breaks, its will says “lost” for this boot',
    '断线时，遗嘱消息以本次启动标识报告 “lost”',
  ),
  clause: 'contract 2: last will',
  needs: ['birth.will'],
  wants: 'line',
  async prove(exam) {
    const online = exam.last(topics.presence(exam.branch, exam.device))
    const since = exam.transcript.mark()
    cut(exam)
    const lost = await presenceSays(exam, { since, status: 'lost' })
    if (lost?.from !== 'will') return broken('no will was sent', '没有发出遗嘱消息')
    if (lost.body?.['boot'] !== online?.body?.['boot'])
      broken('the will names another boot than the birth', '遗嘱消息的启动标识与上线时不同')
  },
}

const cut = (exam: Exam) => {
  exam.transcript.note(say('the line is cut', '切断线路'))
  exam.line.cut()
}

/** What a birth must bring, on the last connection. */
const mustBeReborn = (exam: Exam, since: number) => {
  const fresh = (topic: string): Message | undefined => {
    const message = exam.lastNew(topic, since)
    return message?.from === 'device' ? message : undefined
  }
  const manifest = fresh(topics.manifest(exam.branch, exam.device))
  if (manifest === undefined) broken('it came back without its manifest', '重新上线时没有发布设备清单')
  if (manifest?.retain !== true) broken('the manifest is not retained any more', '设备清单不再是保留消息')
  if (fresh(topics.presence(exam.branch, exam.device))?.retain !== true)
    broken('“online” is not retained any more', '“online” 不再是保留消息')
}

/** By itself, with a whole birth, and able to work. */
const mustComeBack = async (exam: Exam, since: number) => {
  if (!(await exam.comesOnline(since, exam.pace.reconnectMs)))
    broken('it did not come back', '它没有恢复上线')
  mustBeReborn(exam, since)
  await exam.mustBeAlive()
}

const comesBack: Rule = {
  id: 'presence.reborn',
  level: 'silver',
  title: say('Comes back by itself after a cut, with a whole new birth', '断线后自行恢复，并重新完整上线'),
  clause: 'contract 2: presence, manifest',
  needs: ['birth.presence', 'birth.manifest'],
  wants: 'line',
  async prove(exam) {
    const since = exam.transcript.mark()
    cut(exam)
    await mustComeBack(exam, since)
  },
}

const brokerRestart: Rule = {
  id: 'rough.broker-restart',
  level: 'gold',
  title: say(
    'The broker restarts and has forgotten everything: it comes back with a whole new birth',
    '消息服务器重启且丢失全部记忆：设备恢复并重新完整上线',
  ),
  clause: 'contract 2, 10: a broker that has forgotten everything',
  needs: ['presence.reborn'],
  wants: 'line',
  async prove(exam) {
    const since = exam.transcript.mark()
    exam.transcript.note(say('the broker restarts with an empty memory', '消息服务器重启，记忆清空'))
    await exam.line.restart(exam.pace.downMs)
    await exam.greet()
    await mustComeBack(exam, since)
  },
}

const newBoot: Rule = {
  id: 'numbers.boot',
  level: 'silver',
  title: say(
    'A new boot for each start of the program, the same one within',
    '每次启动使用新的启动标识，期间不变',
  ),
  clause: 'contract 3: boot',
  needs: ['birth.presence'],
  atTheEnd: true,
  prove(exam) {
    const devices = new Set(bootsOf(exam).map(({ device }) => device))
    if (devices.size === 0) broken('its messages name no boot', '消息没有启动标识')
    for (const device of devices) mustHaveOneBootALife(bootsOf(exam).filter((one) => one.device === device))
    const lives = new Set(bootsOf(exam).map(({ life }) => life))
    if (lives.size === 1) notProved('it was started only once', '只启动了一次')
  },
}

/** @param heard by one device: behind a gateway each has its own. */
const mustHaveOneBootALife = (heard: readonly { life: number; boot: string }[]) => {
  const boots = new Map<string, number>()
  for (const { life, boot } of heard) {
    const known = boots.get(boot)
    if (known !== undefined && known !== life)
      broken('two starts of the program used the same boot', '两次启动使用了相同的启动标识')
    boots.set(boot, life)
  }
  if (new Set(boots.values()).size < boots.size)
    broken('one start of the program used two boots', '一次启动使用了两个启动标识')
}

const bootsOf = (exam: Exam) => {
  const messages = exam.transcript.messages()
  const early = leftOver(messages)
  return messages.flatMap((message) => {
    const { from, body, life, topic } = message
    if (early.has(message)) return []
    const boot = body?.['boot']
    const device = topic.split('/')[3] ?? ''
    return from === 'device' && typeof boot === 'string' ? [{ life, boot, device }] : []
  })
}

export const presenceRules: readonly Rule[] = [isLost, comesBack]
export const stopRules: readonly Rule[] = [saysOffline]
export const roughPresenceRules: readonly Rule[] = [brokerRestart]
export const bootRules: readonly Rule[] = [newBoot]
