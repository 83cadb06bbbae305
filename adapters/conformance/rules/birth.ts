/** How a device comes: its connection, its will, and the birth that tells the hub who is there. */
import { DeviceState, Presence } from '#protocol/messages.ts'
import { clientId, topics } from '#protocol/topics.ts'
import type { Exam } from '../exam.ts'
import { broken, notProved, type Rule } from '../rule.ts'
import type { Connection } from '../station.ts'
import { objectIn } from '../transcript.ts'
import { say } from '../words.ts'

/** As the hub's broker is set by default; 0 would mean that a dead line is never noticed. */
export const keepAliveSecondsMax = 120

const firstConnection = (exam: Exam): Connection =>
  exam.line.connections()[0] ?? broken('the device never connected', '设备从未连接')

const connects: Rule = {
  id: 'link.connect',
  level: 'silver',
  title: say(
    'Connects with MQTT 3.1.1, its own client id and a clean session',
    '以 MQTT 3.1.1、自己的客户端标识和干净会话连接',
  ),
  clause: 'contract 1; errors connect.client-id, connect.session',
  wants: 'line',
  prove(exam) {
    const connection = firstConnection(exam)
    const wanted = clientId(exam.branch, exam.device)
    if (connection.clientId !== wanted)
      broken(
        `the client id is ${connection.clientId}, not ${wanted}`,
        `客户端标识是 ${connection.clientId}，应为 ${wanted}`,
      )
    if (!connection.clean) broken('it asks for a kept session', '它要求保留会话')
    if (connection.protocolVersion !== undefined && connection.protocolVersion !== 4)
      broken(
        `protocol level ${connection.protocolVersion}, not 4 (MQTT 3.1.1)`,
        `协议级别是 ${connection.protocolVersion}，应为 4（MQTT 3.1.1）`,
      )
  },
}

const subscribes: Rule = {
  id: 'link.subscriptions',
  level: 'silver',
  title: say('Reads its own topics only, each named in full', '只订阅自己的主题，并逐个写明'),
  clause: 'contract 1; errors topic.wildcard, topic.foreign',
  needs: ['link.connect'],
  wants: 'line',
  prove(exam) {
    const filters = exam.line.connections().flatMap((connection) => connection.filters)
    const devices = [exam.device, ...(exam.manifestOf(exam.device)?.speaksFor ?? [])]
    const own = (filter: string) =>
      filter === topics.hub(exam.branch) ||
      devices.some((device) =>
        ['task', 'config', 'error', 'ack', 'credential'].some(
          (channel) => filter === `usher/v1/${exam.branch}/${device}/${channel}`,
        ),
      )
    const foreign = filters.find((filter) => !own(filter))
    if (foreign !== undefined) broken(`it subscribes to ${foreign}`, `它订阅了 ${foreign}`)
    if (exam.capabilities.length > 0 && !filters.includes(topics.task(exam.branch, exam.member)))
      broken('it does not subscribe to its task topic', '它没有订阅自己的任务主题')
  },
}

const keepsAlive: Rule = {
  id: 'link.keep-alive',
  level: 'silver',
  title: say(
    `Asks for a keep-alive between 1 s and ${keepAliveSecondsMax} s`,
    `保活时间在 1 秒到 ${keepAliveSecondsMax} 秒之间`,
  ),
  clause: 'contract 1; error connect.keep-alive',
  needs: ['link.connect'],
  wants: 'line',
  prove(exam) {
    const { keepAliveSeconds } = firstConnection(exam)
    if (keepAliveSeconds < 1 || keepAliveSeconds > keepAliveSecondsMax)
      broken(`the keep-alive is ${keepAliveSeconds} s`, `保活时间为 ${keepAliveSeconds} 秒`)
  },
}

const setsWill: Rule = {
  id: 'birth.will',
  level: 'silver',
  title: say(
    'Sets its last will: its own presence, “lost”, retained, with its boot',
    '设置遗嘱消息：自己的在线状态、“lost”、保留、带启动标识',
  ),
  clause: 'contract 2: presence',
  needs: ['link.connect'],
  wants: 'line',
  prove(exam) {
    const { will } = firstConnection(exam)
    if (will === undefined) return broken('it sets no will', '它没有设置遗嘱消息')
    const wanted = topics.presence(exam.branch, exam.device)
    if (will.topic !== wanted)
      broken(`the will speaks on ${will.topic}, not on ${wanted}`, `遗嘱主题是 ${will.topic}，应为 ${wanted}`)
    if (!will.retain) broken('the will is not retained', '遗嘱消息没有设为保留')
    if (will.qos > 1) broken('the will asks for QoS 2', '遗嘱消息要求 QoS 2')
    const presence = Presence.safeParse(objectIn(will.payload)).data
    if (presence?.status !== 'lost') broken('the will does not say “lost”', '遗嘱消息没有写明 “lost”')
    if (presence?.boot === undefined) broken('the will names no boot', '遗嘱消息没有启动标识')
  },
}

const saysOnline: Rule = {
  id: 'birth.presence',
  level: 'bronze',
  title: say('Says “online”, retained', '上线时发布保留消息 “online”'),
  clause: 'contract 2: presence',
  prove(exam) {
    const message = exam.last(topics.presence(exam.branch, exam.device))
    if (message?.body?.['status'] !== 'online')
      return broken('it never said that it is online', '它从未报告在线')
    if (!message.retain) broken('“online” is not retained', '“online” 消息没有设为保留')
    if (!Presence.safeParse(message.body).success)
      broken('the presence does not fit its schema', '在线状态消息不符合格式')
  },
}

const hasManifest: Rule = {
  id: 'birth.manifest',
  level: 'bronze',
  title: say('Publishes its manifest, valid and retained', '发布有效且保留的设备清单'),
  clause: 'contract 2: manifest',
  prove(exam) {
    const message = exam.last(topics.manifest(exam.branch, exam.device))
    if (message === undefined) return broken('it published no manifest', '它没有发布设备清单')
    if (exam.manifestOf(exam.device) === undefined)
      broken('the manifest does not fit its schema', '设备清单不符合格式')
    if (!message.retain) broken('the manifest is not retained', '设备清单没有设为保留')
    if (exam.manifest === undefined)
      broken(
        `no valid manifest of ${exam.member}, for which it speaks`,
        `没有它所代表的 ${exam.member} 的有效清单`,
      )
  },
}

const tellsState: Rule = {
  id: 'birth.state',
  level: 'silver',
  title: say('Tells its state after its birth', '上线后报告自身状态'),
  clause: 'contract 2: state',
  needs: ['birth.presence'],
  async prove(exam) {
    const heard = await exam.transcript.until(
      () => exam.last(topics.state(exam.branch, exam.member)),
      exam.pace.patienceMs,
    )
    const live = exam.parts.station.line !== undefined
    if (heard === undefined)
      return live
        ? broken('it told no state after its birth', '上线后没有报告状态')
        : notProved('its birth was before the examination', '它在检查开始之前已上线')
    if (DeviceState.safeParse(heard.body).data?.health === undefined)
      broken('the state says nothing about its health', '状态中没有健康信息')
  },
}

export const birthRules: readonly Rule[] = [
  connects,
  setsWill,
  saysOnline,
  hasManifest,
  subscribes,
  keepsAlive,
  tellsState,
]
