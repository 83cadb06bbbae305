/** Two managers at two tablets want the same thing at the same moment: one has it, the other is told, and both see the same. */
import mqtt from 'mqtt'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Command } from '#hub/engine/entry.ts'
import type { BranchState } from '#hub/engine/state.ts'
import type { DeskCommand } from '#protocol/desk/live/commands.ts'
import type { CommandAnswer } from '#protocol/desk/live/line.ts'
import type { TestPage } from '../../desk/live/support.ts'
import { holdLine } from '../../support/held-line.ts'
import { type LobbyPage, type LobbyStage, openLobby } from '../../support/lobby.ts'
import { doneBy, expectAgreement, followAs } from './stands.ts'

const who = ['manager-1', 'lobby-1'] as const
const titles = ['Duty manager', 'Lobby manager'] as const
const roundsOfEach = 50
const roundsByHand = 10

let stage: LobbyStage
let tablets: readonly LobbyPage[]
let lines: readonly TestPage[]
let alert: string

/** Between two races: nobody's page is asked. */
const order = (command: Command) => stage.hub().engine.submit({ body: { kind: 'command', command } })

beforeAll(async () => {
  stage = await openLobby({ keepsPages: true })
  await stage.addAccount('lobby-1', ['manager'])
  const sensor = await mqtt.connectAsync(`mqtt://127.0.0.1:${stage.hub().ports.mqtt}`, {
    clientId: 'demo/tester-1',
  })
  await sensor.publishAsync(
    'usher/v1/demo/tester-1/event/zone.count',
    JSON.stringify({ zone: 'vip', count: 40, observedAgoMs: 0 }),
    { qos: 1 },
  )
  tablets = [
    await stage.openPage({ path: '/alerts' }),
    await stage.openPage({ who: 'lobby-1', path: '/alerts' }),
  ]
  await sensor.endAsync()
  const { http } = stage.hub().ports
  lines = await Promise.all(tablets.map(({ context }) => followAs(http, context)))
  await lines[0]?.until(({ copy }) => copy.alerts.size > 0)
  alert = [...(lines[0]?.copy.alerts.keys() ?? [])][0] ?? ''
})
afterAll(() => stage?.stop())

const bothAgree = async () => {
  for (const { page } of tablets) await expectAgreement(page, stage.hub().ports.http)
}

interface Race {
  readonly name: string
  /** What the second is told. */
  readonly code: string
  readonly commandOf: (round: number, racer: number) => DeskCommand
  /** Who has it by the hub's own state. */
  readonly winner: () => Promise<string | null | undefined>
  /** Makes it free again. */
  readonly before?: (round: number, last: string) => Promise<unknown>
}

const readHub = <Value>(read: (state: BranchState) => Value): Promise<Value> => stage.hub().engine.read(read)

const once = (answer: CommandAnswer) => answer.done && answer.seq !== null

const raceOnce = async (race: Race, round: number) => {
  const answers = await Promise.all(lines.map((line, racer) => line.insist(race.commandOf(round, racer))))
  expect(answers.filter(once), `round ${round}`).toHaveLength(1)
  expect(answers.find(({ done }) => !done)).toMatchObject({ error: { code: race.code } })
  const first = who[answers.findIndex(once)]
  expect(await race.winner()).toBe(first)
  return first ?? ''
}

let revision = 0
let task = ''
const newTask = async (round: number) => {
  await order({
    name: 'ask',
    request: `manager-1.page-0001.${round + 1}`,
    ask: { what: 'greet', zone: 'vip', member: 'person/adviser-1' },
    by: 'operator',
  })
  task = await readHub((state) => state.tasks.values().find(({ flow }) => flow === 'request')?.id ?? '')
}

const races: readonly Race[] = [
  {
    name: 'a claim of an alert',
    code: 'alert.taken',
    commandOf: () => ({ name: 'alert.claim', params: { alert } }),
    winner: () => readHub((state) => state.alerts.values().find(({ id }) => id === alert)?.claimedBy),
    before: async (round, last) =>
      round > 0 ? order({ name: 'alert.release', alert, by: last }) : undefined,
  },
  {
    name: 'a hold of a device',
    code: 'device.held',
    commandOf: () => ({ name: 'device.hold', params: { device: 'robot-1', forMs: null } }),
    winner: () => readHub((state) => state.devices.get('robot-1')?.willingnessBy),
    before: () => order({ name: 'device.release', device: 'robot-1', by: 'operator' }),
  },
  {
    name: 'an edit of a flow from the same revision',
    code: 'config.conflict',
    commandOf: (round, racer) => ({
      name: 'flow.set',
      params: {
        flow: 'diversion',
        autonomy: null,
        policy: { enterLength: 10 + ((2 * round + racer) % 30) },
        revision,
        reason: null,
      },
    }),
    winner: () => readHub((state) => state.flowSettings.get('diversion')?.setBy),
    before: async () => {
      revision = await readHub((state) => state.flowSettings.get('diversion')?.revision ?? 0)
    },
  },
  {
    name: 'an end of a task',
    code: 'task.ended',
    commandOf: (_, racer) => ({ name: 'task.cancel', params: { task, reason: who[racer] ?? '' } }),
    winner: async () => {
      const { branch, store } = stage.hub()
      const [row] = (await store.tasks(branch, { id: task })) as { endReason: string }[]
      return row?.endReason
    },
    before: (round) => newTask(round),
  },
]

test.each(races)(`over two lines, with the tablets open: $name, ${roundsOfEach} times`, async (race) => {
  let last = ''
  const won = new Map<string, number>()
  for (let round = 0; round < roundsOfEach; round += 1) {
    await race.before?.(round, last)
    last = await raceOnce(race, round)
    won.set(last, (won.get(last) ?? 0) + 1)
  }
  expect([...won.values()].reduce((sum, count) => sum + count, 0)).toBe(roundsOfEach)
  await bothAgree()
})

let hands: readonly Awaited<ReturnType<typeof holdLine>>[] = []

const takeHands = async () => {
  if (hands.length === 0) hands = await Promise.all(tablets.map(({ page }) => holdLine(page)))
}

/** Neither hears of the other before both have pressed, however long the second finger takes. */
const pressBoth = async (name: string, within: (page: Page) => ReturnType<Page['locator']>) => {
  const buttons = tablets.map(({ page }) => within(page).getByRole('button', { name, exact: true }))
  await Promise.all(buttons.map((button) => button.waitFor()))
  for (const hand of hands) hand.hold()
  await Promise.all(buttons.map((button) => button.dispatchEvent('click')))
  for (const hand of hands) hand.release()
}

/** How often it was done, by whomever. */
const countOf = async (name: string) => {
  const lists = await Promise.all(who.map((one) => doneBy(stage.hub(), one)))
  return lists.flat().filter((done) => done.name === name).length
}

test(`by hand, on two tablets: a claim of an alert, ${roundsByHand} times`, async () => {
  await takeHands()
  const cardIn = (page: Page) => page.locator(`main li[data-alert="${alert}"]`)
  const holder = () => races[0]?.winner()
  for (let round = 0; round < roundsByHand; round += 1) {
    const held = await holder()
    if (held != null) await order({ name: 'alert.release', alert, by: held })
    const before = await countOf('alert.claim')
    await pressBoth('Claim', cardIn)
    await Promise.any(tablets.map(({ page }) => cardIn(page).getByText('You are on it').waitFor()))
    const winner = who.indexOf((await holder()) as (typeof who)[number])
    const loser = tablets[1 - winner]?.page as Page
    await cardIn(loser).getByText(`${titles[winner]} is on it`).waitFor()
    await cardIn(loser).getByText(`${titles[winner]} was first`).waitFor()
    expect(await countOf('alert.claim')).toBe(before + 1)
  }
  await bothAgree()
})

test(`by hand, on two tablets: a hold of a robot, ${roundsByHand} times`, async () => {
  await takeHands()
  await order({ name: 'device.release', device: 'robot-1', by: 'operator' })
  for (const { page } of tablets) await page.goto('/lobby/floor?device=robot-1')
  const sheetIn = (page: Page) => page.getByRole('dialog')
  for (let round = 0; round < roundsByHand; round += 1) {
    const before = await countOf('device.hold')
    await pressBoth('Hold until released', sheetIn)
    for (const { page } of tablets)
      await sheetIn(page).getByRole('button', { name: 'Release', exact: true }).waitFor()
    const winner = who.indexOf((await races[1]?.winner()) as (typeof who)[number])
    await sheetIn(tablets[1 - winner]?.page as Page)
      .getByText(`Held by ${titles[winner]}`)
      .first()
      .waitFor()
    await sheetIn(tablets[winner]?.page as Page)
      .getByText('Done', { exact: true })
      .waitFor()
    expect(await countOf('device.hold')).toBe(before + 1)
    await order({ name: 'device.release', device: 'robot-1', by: 'operator' })
  }
  await bothAgree()
  for (const { close } of tablets) await close()
})
