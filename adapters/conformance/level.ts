/** The level an examination reaches, and in a sentence what it means. */
import type { Finding } from './result.ts'
import { type Level, levels } from './rule.ts'
import { type Said, say } from './words.ts'

/** A rule that could not be examined limits the level as much as one that was broken. */
const holds = ({ outcome }: Finding) => outcome === 'pass' || outcome === 'not-applicable'

export const levelOf = (findings: readonly Finding[]): Level | undefined => {
  let reached: Level | undefined
  for (const level of levels) {
    if (!findings.every((finding) => finding.level !== level || holds(finding))) break
    reached = level
  }
  return reached
}

export const reaches = (reached: Level | undefined, wanted: Level): boolean =>
  reached !== undefined && levels.indexOf(reached) >= levels.indexOf(wanted)

export const levelSentences: Readonly<Record<Level, Said>> = {
  bronze: say(
    'Bronze: it says what it is and can do, answers in time, begins only when it is told to, and does what it declares.',
    '铜级：如实声明自身和能力，按时应答，只在收到“开始”后执行，并能完成所声明的任务。',
  ),
  silver: say(
    'Silver: as bronze, and it comes and goes with a word, can be cancelled at any moment, does nothing twice, keeps to start-by times, refuses what it should, obeys a stop of all movement and the newest epoch only.',
    '银级：在铜级之上，上线离线均有报告，随时可取消，不重复执行，遵守最迟开始时间，拒绝不该做的事，服从“全部停止”和最新纪元。',
  ),
  gold: say(
    'Gold: as silver, and it keeps its word through kill -9, restarts, a broker without memory, a slow line, a flood, malformed messages, any script and a hub whose clock is wrong.',
    '金级：在银级之上，经受强行结束、重启、消息服务器失忆、慢速线路、消息洪峰、错误消息、各种文字和中枢时钟错误，仍信守约定。',
  ),
}

const none = say(
  'No level: a rule of the first level is broken, or could not be examined.',
  '未达级别：有第一级规则未遵守，或无法检查。',
)

const familyOf = ({ rule }: Finding) => rule.split('.')[0] ?? ''

/** What the manifest does not promise was not asked for; a whole family of rules is named as one. */
const exceptions = (findings: readonly Finding[]): readonly string[] => {
  const isLeft = ({ outcome }: Finding) => outcome === 'not-applicable'
  return [...new Set(findings.map(familyOf))].flatMap((family) => {
    const rules = findings.filter((finding) => familyOf(finding) === family)
    const isWhole = rules.length > 1 && rules.every(isLeft)
    return isWhole ? [`${family}.*`] : rules.filter(isLeft).map(({ rule }) => rule)
  })
}

export const provedBy = (findings: readonly Finding[]): Said => {
  const level = levelOf(findings)
  if (level === undefined) return none
  const left = exceptions(findings.filter((finding) => reaches(level, finding.level)))
  const { en, zh } = levelSentences[level]
  if (left.length === 0) return { en, zh }
  return say(
    `${en} Not asked of this device: ${left.join(', ')}.`,
    `${zh}对本设备不适用：${left.join('、')}。`,
  )
}
