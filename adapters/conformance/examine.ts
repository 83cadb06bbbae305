/** Runs every rule, one after the other, against one device, and writes down what each of them showed. */
import { evidenceOf } from './evidence.ts'
import { Exam, type ExamParts } from './exam.ts'
import { levelOf, provedBy } from './level.ts'
import { withOwnHealth } from './own-health.ts'
import { type Finding, type Outcome, type Result, resultVersion } from './result.ts'
import { DoesNotApply, NotProved, type Rule, RuleBroken } from './rule.ts'
import { rules as allRules } from './rules/table.ts'
import type { Entry } from './transcript.ts'
import { type Said, say } from './words.ts'

export interface Wishes extends ExamParts {
  /** What is examined, in words for the report. */
  readonly what: string
  readonly rules?: readonly Rule[]
  readonly onFinding?: (finding: Finding, of: { done: number; all: number }) => void
  readonly onRule?: (rule: Rule) => void
}

interface Verdict {
  readonly outcome: Outcome
  readonly why?: Said
}

const judge = async (prove: () => Promise<void> | void): Promise<Verdict> => {
  try {
    await prove()
    return { outcome: 'pass' }
  } catch (error) {
    if (error instanceof DoesNotApply) return { outcome: 'not-applicable', why: error.said }
    if (error instanceof NotProved) return { outcome: 'not-proved', why: error.said }
    if (error instanceof RuleBroken) return { outcome: 'fail', why: error.said }
    throw error
  }
}

const lacking = (rule: Rule, exam: Exam): Said | undefined => {
  if (rule.wants === 'line' && exam.parts.station.line === undefined)
    return say(
      'not proved: only a broker of the examiner’s own can show it',
      '无法证明：需要检查程序自带的消息服务器',
    )
  if (rule.wants === 'program' && exam.parts.subject === undefined)
    return say(
      'not proved: the examiner cannot stop and start this device',
      '无法证明：检查程序不能停止和启动该设备',
    )
  return undefined
}

/** The needed rule that does not hold; what depends on it would only repeat its failure. */
const unmet = (rule: Rule, findings: ReadonlyMap<string, Finding>) =>
  rule.needs?.find((id) => {
    const outcome = findings.get(id)?.outcome
    return outcome === 'fail' || outcome === 'not-proved'
  })

const proveOne = async (
  rule: Rule,
  { exam, findings }: { exam: Exam; findings: ReadonlyMap<string, Finding> },
): Promise<Verdict> => {
  const why = lacking(rule, exam)
  if (why !== undefined) return { outcome: 'not-proved', why }
  const needed = unmet(rule, findings)
  if (needed !== undefined)
    return { outcome: 'not-proved', why: say(`needs ${needed}, which does not hold`, `需要先满足 ${needed}`) }
  if (rule.atTheEnd === true) return judge(() => rule.prove(exam))
  const verdict = await judge(async () => {
    // The birth is judged as it is: where there was none, the first rules say so.
    if (findings.size > 0 && exam.wasBorn()) await exam.ready()
    await rule.prove(exam)
  })
  if (exam.parts.subject?.endedByItself() !== true) return verdict
  return { outcome: 'fail', why: say('the program ended by itself', '程序自行结束了') }
}

export const examine = async (wishes: Wishes): Promise<Result> => {
  const { nowMs, subject, onFinding } = wishes
  const rules = wishes.rules ?? allRules
  const beganMs = nowMs()
  const exam = new Exam(wishes)
  const findings = new Map<string, Finding>()
  await exam.greet()
  const since = exam.transcript.mark()
  subject?.start()
  await exam.comesOnline(since, exam.pace.startupMs)
  for (const rule of rules) {
    wishes.onRule?.(rule)
    const from = exam.transcript.mark()
    const ruleBeganMs = nowMs()
    exam.shown = undefined
    const { outcome, why } = await proveOne(rule, { exam, findings })
    const shown = evidenceFor(rule, { exam, from })
    const { id, level, title, clause } = rule
    const finding: Finding = {
      rule: id,
      level,
      title,
      clause,
      outcome,
      ...(why !== undefined && { why: withOwnHealth(why, { exam, entries: shown }) }),
      ...evidenceOf(shown),
      tookMs: Math.round(nowMs() - ruleBeganMs),
    }
    findings.set(id, finding)
    onFinding?.(finding, { done: findings.size, all: rules.length })
  }
  await exam.settle()
  await subject?.stop(exam.pace.patienceMs)
  return resultOf(exam, { wishes, findings: [...findings.values()], tookMs: Math.round(nowMs() - beganMs) })
}

/** What was said while the rule was examined; or what it judged, where that was said before. */
const evidenceFor = (rule: Rule, { exam, from }: { exam: Exam; from: number }): readonly Entry[] => {
  const { shown, transcript } = exam
  if (shown !== undefined) return transcript.entries.slice(shown.from, shown.to)
  const said = transcript.entries.slice(from)
  return said.length > 0 ? said : relevant(exam, rule)
}

/** The messages of the kind that a rule speaks of that judges everything heard before. */
const relevant = (exam: Exam, rule: Rule) => {
  const [topic = ''] = rule.id.split('.')
  const channels: Readonly<Record<string, readonly string[]>> = {
    link: ['presence', 'manifest'],
    birth: ['presence', 'manifest', 'state'],
    words: ['presence', 'manifest', 'state', 'report', 'event'],
    numbers: ['presence'],
  }
  const wanted = channels[topic] ?? []
  return exam.transcript.messages().filter(({ parts }) => wanted.includes(parts?.channel ?? ''))
}

const resultOf = (
  exam: Exam,
  { wishes, findings, tookMs }: { wishes: Wishes; findings: readonly Finding[]; tookMs: number },
): Result => {
  const manifest = exam.manifest ?? exam.manifestOf(exam.device)
  const level = levelOf(findings)
  return {
    usherConformance: resultVersion,
    examinedAt: new Date(wishes.nowMs()).toISOString(),
    tookMs,
    subject: {
      what: wishes.what,
      device: exam.member,
      ...(manifest !== undefined && { vendor: manifest.vendor, model: manifest.model, kind: manifest.kind }),
      ...(manifest?.firmware !== undefined && { firmware: manifest.firmware }),
      capabilities: [...exam.capabilities],
    },
    seed: wishes.seed,
    ...(level !== undefined && { level }),
    proved: provedBy(findings),
    findings: [...findings],
  }
}
