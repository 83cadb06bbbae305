/** Every decision can be told: the cause, the flow and who set it, who was considered, what was said, why nobody came. */
import { describe, expect, it } from 'vitest'
import { flows } from '#flows/index.ts'
import {
  type Explanation,
  explainDevice,
  explainTask,
  explainTicket,
  explainTime,
  explainVisit,
  type Material,
  neededFor,
} from '#hub/dispatch/explain.ts'
import { explainText } from '#hub/look/explain-text.ts'
import { tell } from '#hub/look/tell.ts'
import { createTitles } from '#hub/look/titles.ts'
import { sayReason } from '#hub/look/words/reason-words.ts'
import type { StoredDecision, StoredEntry } from '#hub/store/port.ts'
import { createTestBranch, deviceRow, originOf, type TestBranch, taskIntent } from './support.ts'

const flowSet = { get: (id: string) => flows.find((flow) => flow.id === id) }

const entry = (seq: number, body: unknown): StoredEntry => ({
  branch: 'test',
  epoch: 1,
  seq,
  at: 1_000_000,
  kind: 'event',
  device: 'camera-1',
  cause: null,
  body: body === null ? null : JSON.stringify({ body, numbering: null }),
  digest: '',
  reasons: null,
  hash: '',
})

const detected = { kind: 'event', device: 'camera-1', name: 'visitor.detected', data: { zone: 'entrance' } }

const stored = (branch: TestBranch): readonly StoredDecision[] =>
  branch.decisions.map((record, ord) => ({ seq: 1, at: branch.now(), ord, record }))

const materialOf = (branch: TestBranch, body: unknown = detected): Material => ({
  decisions: stored(branch),
  tasks: branch.tasks(),
  entries: [entry(1, body)],
})

const textOf = (branch: TestBranch, explanation: Explanation, tongue: 'en' | 'zh' = 'en') => {
  const titles = createTitles(branch.state, tongue)
  return explainText(tell(explanation, { titles, flows: flowSet, timeZone: 'Asia/Shanghai' }), tongue)
}

const greetedBranch = () => {
  const branch = createTestBranch()
  branch.state.devices.put('robot-1', deviceRow('robot-1'))
  branch.state.devices.put('robot-2', deviceRow('robot-2', { link: 'lost' }))
  const id = branch.want(taskIntent({ subject: { visit: 'v-1', zone: 'entrance' } }))?.id ?? ''
  branch.report('robot-1', id, 'accepted')
  branch.report('robot-1', id, 'started')
  branch.report('robot-1', id, {
    status: 'done',
    result: { said: [{ language: 'zh', text: '欢迎光临' }] },
  })
  return { branch, id }
}

describe('an explanation', () => {
  it('of a greeting has its cause, flow, policy, candidates, words and reports', () => {
    const { branch, id } = greetedBranch()
    const explanation = explainTask(id, materialOf(branch))
    expect(explanation.tasks[0]).toMatchObject({
      id,
      cause: { seq: 1, name: 'visitor.detected', device: 'camera-1' },
      flow: { id: 'greeting', version: 1, policyRevision: 1, policySetBy: 'default' },
      outcome: { phase: 'done', open: false },
      words: { said: [{ language: 'zh', text: '欢迎光临' }] },
    })
    expect(explanation.nobody).toBeNull()
    const text = textOf(branch, explanation).join('\n')
    for (const told of [
      'Outcome: done',
      'camera-1 saw somebody at entrance',
      'Greeting v1, policy revision 1 (as shipped)',
      'chosen: robot-1',
      'robot-2: connection lost',
      'Words said or shown: [zh] "欢迎光临"',
      'accepted',
      'began',
    ])
      expect(text).toContain(told)
    expect(text).toMatch(/robot-1: score \d+(\.\d+)? \(near \d/)
  })

  it('of a visitor whom nobody greeted says why, in either language', () => {
    const branch = createTestBranch()
    branch.state.devices.put('robot-1', deviceRow('robot-1', { battery: { percent: 3, charging: false } }))
    branch.want(taskIntent({ subject: { visit: 'v-1' } }))
    branch.decide({ kind: 'clock', stepMs: 0 }, [
      [
        originOf('greeting'),
        { type: 'pass', because: { code: 'group-window', params: { size: 3 } }, subject: { visit: 'v-1' } },
      ],
    ])
    branch.pass(10_000)
    const explanation = explainVisit('v-1', materialOf(branch))
    expect(explanation.nobody).toEqual({ 'battery-low': 1, 'group-window': 1 })
    expect(textOf(branch, explanation)[0]).toBe(
      'Nobody was sent, because: battery too low; one greeting for those who come in together',
    )
    const zh = textOf(branch, explanation, 'zh').join('\n')
    expect(zh).toContain('未派出任何执行者，原因: 电量不足')
    expect(zh).toContain('无人开始即过期')
  })

  it('still stands when the body of its cause was erased or nothing is kept', () => {
    const { branch, id } = greetedBranch()
    const erased = textOf(branch, explainTask(id, materialOf(branch, null))).join('\n')
    expect(erased).toContain('(content erased)')
    const gone = { ...materialOf(branch), entries: [] }
    expect(textOf(branch, explainTask(id, gone)).join('\n')).toContain('Cause: no longer kept')
    for (const explain of [explainDevice, explainTicket, explainTime])
      expect(textOf(branch, explain('x', { decisions: [], tasks: [], entries: [] }))).toEqual([
        'Nobody was sent, and nothing was recorded about it.',
      ])
  })

  it('names what must be fetched for it', () => {
    const { branch, id } = greetedBranch()
    const needed = neededFor(stored(branch), branch.tasks())
    expect(needed).toEqual({ tasks: [id], entries: [1] })
  })

  it.each([
    {
      code: 'assistance.asked',
      params: { reason: 'kiosk-trouble' },
      en: 'help is wanted: trouble at the kiosk',
      zh: '需要协助：智能柜台使用遇到困难',
    },
    {
      code: 'assistance.asked',
      params: { reason: 'unserved-dock' },
      en: 'help is wanted: nobody could do “To its place”',
      zh: '需要协助：“机器人归位”无人可执行',
    },
    {
      code: 'assistance.asked',
      params: { reason: 'E-17' },
      en: 'help is wanted: E-17',
      zh: '需要协助：E-17',
    },
    {
      code: 'assistance.asked',
      params: { reason: 'assistance.asked' },
      en: 'help is wanted: help is wanted: …',
      zh: '需要协助：需要协助：…',
    },
    { code: 'assistance.asked', params: {}, en: 'help is wanted: …', zh: '需要协助：…' },
    {
      code: 'effect.block-ended',
      params: { arm: 'off' },
      en: 'the time without the flows is over',
      zh: '对照时段结束',
    },
    {
      code: 'firmware.changed',
      params: { firmware: '2.0', wasFirmware: '1.0', standing: 'probation' },
      en: 'came back with firmware 2.0 instead of 1.0: on probation',
      zh: '固件由 1.0 变为 2.0：进入试用期',
    },
    {
      code: 'firmware.approved',
      params: { firmware: 'probation', by: 'manager-1' },
      en: 'firmware probation was approved by manager-1',
      zh: 'manager-1 已批准固件 probation',
    },
  ])('says $code with $params in words', ({ code, params, en, zh }) => {
    expect(sayReason(code, 'en', params)).toBe(en)
    expect(sayReason(code, 'zh', params)).toBe(zh)
  })

  it('says a code that is not ours as it is', () => {
    expect(sayReason('motor-7', 'en')).toBe('motor-7')
    expect(sayReason('mode.closed', 'en')).toBe('not in mode “Closed”')
    expect(sayReason('toString', 'en')).toBe('toString')
  })
})
