/**
 * Whatever the simulated stories bring: who asks why, looks back or asks on the command line reads words and names in
 * both languages, and never the key of a claim, a code of ours or the id of somebody who came in.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { flows } from '#flows/index.ts'
import { flowReasons } from '#flows/reasons.ts'
import type { TaskRow } from '#hub/dispatch/rows.ts'
import type { Engine } from '#hub/engine/open-engine.ts'
import { answerTo, gather, type Question } from '#hub/look/explain.ts'
import { explainText } from '#hub/look/explain-text.ts'
import { search } from '#hub/look/search.ts'
import { tell } from '#hub/look/tell.ts'
import { createTitles } from '#hub/look/titles.ts'
import { alertWords } from '#hub/look/words/alerts.ts'
import { carriedReasons } from '#hub/look/words/carried-words.ts'
import { markWords } from '#hub/look/words/marks.ts'
import { hubReasons, sayReason } from '#hub/look/words/reason-words.ts'
import { recordWords } from '#hub/look/words/records.ts'
import { createMemoryStore } from '#hub/store/memory-store.ts'
import type { ExplainAnswer } from '#protocol/desk/look/explain.ts'
import { openLookLab } from '../desk/look-lab.ts'
import { branchName } from '../sim/branch.ts'
import { play } from '../sim/play.ts'
import { scenarios } from '../sim/scenarios.ts'

const tongues = ['zh', 'en'] as const
const ours = Object.keys({ ...recordWords, ...flowReasons, ...hubReasons, ...alertWords })
/** Only those that no sentence has as a word of its own. */
const bare = new Set(ours.filter((code) => /[.-]/.test(code)))
const keys = [
  /[a-z][\w-]*:[\w-]+:/i,
  /\b(?:attention|occupied|reserved|sound|claim)[:/]/,
  /\b(?:v|visit)-\d+-\d+/,
]

/** What a reader would stumble over. */
const rawIn = (text: string): readonly string[] => [
  ...keys.flatMap((key) => key.exec(text)?.[0] ?? []),
  ...(text.match(/[a-z][\w-]*(?:[.-][\w-]+)+/g) ?? []).filter((word) => bare.has(word)),
  ...(markWords(text, '') === undefined ? [] : [text]),
]

/** Everything of an answer that a page shows. */
const shownIn = ({ tasks, notes, nobody }: ExplainAnswer): readonly string[] => [
  ...(nobody ?? []).map(({ words }) => words),
  ...notes.map(({ sentence }) => sentence),
  ...tasks.flatMap((task) => [
    task.title,
    task.because.words,
    task.outcome.words,
    task.outcome.reason?.words ?? '',
    task.cause?.sentence ?? '',
    task.flow.title,
    task.flow.policySetByTitle,
    ...task.subject.map(({ title }) => title),
    ...task.notes.map(({ sentence }) => sentence),
    ...task.attempts.flatMap(({ member, end }) => [member.title, ...end.map(({ words }) => words)]),
    ...task.looks.flatMap(({ reason, candidates }) => [
      reason?.words ?? '',
      ...candidates.flatMap(({ member, out, parts }) => [
        member.title,
        out?.words ?? '',
        ...parts.map(({ words }) => words),
      ]),
    ]),
  ]),
]

interface Story {
  readonly engine: Engine
  readonly questions: readonly Question[]
  readonly source: Parameters<typeof search>[0]
}

const storyOf = async (scenario: (typeof scenarios)[number]): Promise<Story> => {
  const { stage } = await play(scenario, flows)
  const hub = stage.hub()
  if (hub === undefined) throw new Error('the hub is gone')
  const { engine } = hub
  const store = createMemoryStore({ disk: stage.disk })
  const source = { branch: branchName, engine, store }
  const ended = (await store.tasks(branchName, { limit: 1_000 })) as readonly TaskRow[]
  const decisions = await store.decisions(branchName, { from: 0, to: engine.position().at })
  const all = (of: (record: (typeof decisions)[number]['record']) => string | undefined) => [
    ...new Set(decisions.flatMap(({ record }) => of(record) ?? [])),
  ]
  const tasks = [...new Set([...ended, ...engine.state.tasks.values()].map(({ id }) => id))]
  return {
    engine,
    source,
    questions: [
      ...tasks.map((task) => ({ task })),
      ...all(({ visit }) => visit).map((visit) => ({ visit })),
      ...all(({ ticket }) => ticket).map((ticket) => ({ ticket })),
      ...all(({ device }) => device).map((device) => ({ device })),
      { from: engine.position().at - 3_600_000, to: engine.position().at },
    ],
  }
}

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) => {
  let story: Story
  beforeAll(async () => {
    story = await storyOf(scenario)
  })

  test.each(tongues)('is told in words (%s)', async (tongue) => {
    const { engine, source, questions } = story
    const titles = createTitles(engine.state, tongue)
    const raw = new Set<string>()
    let told = 0
    for (const question of questions) {
      const explanation = answerTo(question, await gather(source, question))
      const answer = tell(explanation, { titles, flows: engine.flows, timeZone: 'Asia/Shanghai' })
      const texts = [...shownIn(answer), ...explainText(answer, tongue)]
      told += texts.length
      for (const text of texts) for (const found of rawIn(text)) raw.add(`${found} in: ${text}`)
    }
    expect([...raw]).toEqual([])
    expect(told).toBeGreaterThan(20)
  })

  test.each(tongues)('is looked back at in words (%s)', async (tongue) => {
    const { found } = await search(story.source, { q: '', limit: 100 }, tongue)
    const texts = found.flatMap(({ title, sentence, flow, zone }) => [
      title,
      sentence,
      flow?.title ?? '',
      zone?.title ?? '',
    ])
    expect(texts.flatMap((text) => rawIn(text).map((raw) => `${raw} in: ${text}`))).toEqual([])
    expect(found.length).toBeGreaterThan(0)
  })
})

test('what stands in the way is named as people know it', async () => {
  const lab = await openLookLab()
  await lab.event('camera-1', 'visitor.detected', { zone: 'entrance', track: 't', direction: 'in' })
  await lab.event('tickets-1', 'ticket.issued', {
    ticket: 'A107',
    service: 'cash',
    track: 't',
    camera: 'camera-1',
  })
  const [visit] = lab.engine.state.visits.values().filter(({ tickets }) => tickets.includes('A107'))
  const say = (code: string) =>
    tongues.map((tongue) => sayReason(code, createTitles(lab.engine.state, tongue)))
  expect(say(`claim:attention:visit:${visit?.id}`)).toEqual([
    '访客 A107正关注其他事项',
    'Visitor A107 is attending to something else',
  ])
  expect(say('claim:attention:visit:v-9-9-9')).toEqual([
    '访客正关注其他事项',
    'the visitor is attending to something else',
  ])
  expect(say('claim:open-counter:c2')).toEqual([
    '已请人开放2 号窗口',
    'somebody is to open Counter 2 already',
  ])
  expect(say('claim:announce:zone:waiting')).toEqual([
    '等候区正在播报其他内容',
    'something else is announced at Waiting area',
  ])
  expect(say('claim:announce:zone:branch')).toEqual([
    '网点正在播报其他内容',
    'something else is announced at the branch',
  ])
  expect(say('claim:device:robot-1')).toEqual(['小智已为他人预留', 'Pepper is kept free for somebody'])
  expect(say('claim:made-up:by:somebody')).toEqual([
    '同类事项优先，须等其结束',
    'something else of the same kind goes first',
  ])
  await lab.stop()
})

test('whatever a task can wait for has words, and names what it can', () => {
  const claims = carriedReasons.filter(({ prefix }) => prefix.startsWith('claim:'))
  for (const { words, of } of claims) {
    expect(words.zh).toMatch(/\p{Script=Han}/u)
    expect([words.en.includes('{rest}'), words.zh.includes('{rest}')]).toEqual([
      of !== undefined,
      of !== undefined,
    ])
  }
  // A more exact one is not hidden behind one that fits more.
  claims.forEach(({ prefix }, index) =>
    expect(claims.slice(0, index).filter((earlier) => prefix.startsWith(earlier.prefix))).toEqual([]),
  )
})
