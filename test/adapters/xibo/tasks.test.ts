/** What a screen does for the hub: content shown, seen and taken back, on one display or a group of them. */
import { describe, expect, test } from 'vitest'
import { createStand, display, promotion, until, words } from './support/stand.ts'

type Finished = (call: () => Promise<void>) => void

const standsUp = async (onTestFinished: Finished, how: Parameters<typeof createStand>[0] = {}) => {
  const stand = await createStand(how)
  onTestFinished(() => stand.stop())
  return stand
}

describe.concurrent('a screen', () => {
  test('is a device of its own behind the gateway, with what it can do', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished)
    expect(stand.manifest('signage-1')).toMatchObject({
      kind: 'gateway',
      speaksFor: ['screen-1', 'screen-2'],
    })
    expect(stand.manifest('screen-1')).toMatchObject({
      kind: 'screen',
      vendor: 'Xibo',
      capabilities: { display: {}, promote: {}, 'x-set-criteria': { repeat: 'until-done' } },
    })
  })

  test('shows a promotion, and it is done when the display has reported it for that long', async ({
    onTestFinished,
  }) => {
    const stand = await standsUp(onTestFinished)
    const task = stand.give('promote', promotion(600))
    await until(() => expect(stand.player().shows()).toBe(20))
    const end = await task.ended()
    expect(end).toMatchObject({ status: 'done' })
    expect(end.result?.['shownForMs']).toBeGreaterThanOrEqual(600)
    expect(task.reports().map(({ status }) => status)).toEqual(['accepted', 'started', 'done'])
    expect(stand.actions()).toEqual(['changeLayout', 'revertToSchedule'])
    expect(stand.player().shows()).toBe(10)
    // Longer than wanted: should the adapter die meanwhile, the display ends it by itself.
    expect(stand.player().frames[0]).toMatchObject({ layoutId: 20, duration: 4, changeMode: 'replace' })
  })

  test('shows the words of the task, where the layout has a data set for them', async ({
    onTestFinished,
  }) => {
    const stand = await standsUp(onTestFinished)
    const task = stand.give('display', display('diversion'))
    expect(await task.ended()).toMatchObject({ status: 'done' })
    expect(stand.cms.texts.get('4/1')).toEqual({
      dataSetColumnId_7: words[0]?.text,
      dataSetColumnId_8: words[1]?.text,
    })
    expect(stand.player().frames[0]).toMatchObject({ layoutId: 21, downloadRequired: true })
    const order = stand.server.requests.findIndex(({ path }) => path.endsWith('changeLayout'))
    expect(stand.server.requests.findIndex(({ method }) => method === 'PUT')).toBeLessThan(order)
  })

  test('of several displays counts as showing when all that are there do', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished, { config: { seeWithinMs: 1_500 } })
    stand.player(3).silent = true
    const first = stand.give('display', display('plain', 200), { device: 'screen-2' })
    expect(await first.ended()).toMatchObject({ status: 'failed', code: 'not-seen' })
    const task = stand.give('display', display('plain', 200), { device: 'screen-2' })
    await until(() => expect(stand.place(2).layoutId).toBe(21))
    stand.place(3).loggedIn = false
    expect(await task.ended()).toMatchObject({ status: 'done' })
    expect(stand.state('screen-2').health).toMatchObject({ reasons: ['some-displays-offline'] })
  })

  test('an overlay is ordered as one; nobody sees it, so no duration is claimed', async ({
    onTestFinished,
  }) => {
    const stand = await standsUp(onTestFinished)
    const task = stand.give('display', display('announcement'))
    await until(() => expect(stand.player().overlay()).toBe(22))
    expect(await task.ended()).toEqual(expect.objectContaining({ status: 'done', result: {} }))
    expect(stand.actions()).toEqual(['overlayLayout', 'revertToSchedule'])
    expect(stand.player().overlay()).toBeUndefined()
  })

  test('the schedule of the CMS chooses by criteria, and they are set back', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished)
    const task = stand.give('display', display('crowding'))
    await until(() => expect(stand.player().shows()).toBe(23))
    const end = await task.ended()
    expect(end).toMatchObject({ status: 'done' })
    expect(end.result?.['shownForMs']).toBeGreaterThanOrEqual(400)
    expect(stand.player().shows()).toBe(10)
    expect(stand.player().criteria.get('queue')?.value).toBe('normal')
  })

  test('a cancel takes it back at once', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished)
    const task = stand.give('promote', promotion(10_000))
    await until(() => expect(stand.player().shows()).toBe(20))
    task.cancel()
    expect(await task.ended()).toMatchObject({ status: 'cancelled', code: 'not-needed' })
    expect(stand.player().shows()).toBe(10)
  })

  test('one promotion after the other: the second is seen though the first showed the same layout', async ({
    onTestFinished,
  }) => {
    const stand = await standsUp(onTestFinished)
    for (let round = 0; round < 2; round += 1)
      expect(await stand.give('promote', promotion(200)).ended()).toMatchObject({ status: 'done' })
    expect(stand.actions().filter((action) => action === 'changeLayout')).toHaveLength(2)
  })
})

describe.concurrent('criteria', () => {
  test('are set by a task, a number as text, zero so that PHP takes it', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished)
    const criteria = [
      { metric: 'queue_length', value: 12 },
      { metric: 'waiting', value: 0, ttlMs: 60_000 },
    ]
    expect(await stand.give('x-set-criteria', { criteria }).ended()).toMatchObject({
      status: 'done',
      result: { taken: 2 },
    })
    const frame = stand.player().frames.find(({ action }) => action === 'criteriaUpdate')
    expect(frame?.criteriaUpdates).toEqual([
      { metric: 'queue_length', value: '12', ttl: 600 },
      { metric: 'waiting', value: '0.0', ttl: 60 },
    ])
  })

  test('run beside a promotion', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished)
    const shown = stand.give('promote', promotion(1_000))
    await until(() => expect(stand.player().shows()).toBe(20))
    const command = { criteria: [{ metric: 'a', value: 'b' }] }
    expect(await stand.give('x-set-criteria', command).ended()).toMatchObject({ status: 'done' })
    expect(shown.end()).toBeUndefined()
    expect(await shown.ended()).toMatchObject({ status: 'done' })
  })

  test('that do not fit are refused', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished)
    const bad = stand.give('x-set-criteria', { criteria: [{ metric: '', value: 'x' }] })
    expect(await bad.ended()).toMatchObject({ status: 'refused', code: 'bad-command' })
  })

  test.for(['list', 'wrapped'] as const)(
    'are told in the form that the CMS takes: %s',
    async (criteriaBody, { onTestFinished }) => {
      const stand = await standsUp(onTestFinished, { cms: { criteriaBody } })
      for (const value of ['1', '2'])
        expect(
          await stand.give('x-set-criteria', { criteria: [{ metric: 'q', value }] }).ended(),
        ).toMatchObject({ status: 'done' })
      // The form that was refused is not tried again.
      expect(stand.asked('/criteria/')).toHaveLength(criteriaBody === 'list' ? 2 : 3)
    },
  )

  test('carry the mode of the branch, again when it changes, and renewed', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished, { config: { criteriaTtlMs: 1_000 } })
    const told = () =>
      stand.player().frames.flatMap(({ criteriaUpdates = [] }) => criteriaUpdates.map(({ value }) => value))
    stand.tellMode('open')
    await until(() => expect(told()).toEqual(['open', 'open']))
    stand.tellMode('emergency')
    await until(() => expect(told().at(-1)).toBe('emergency'))
  })
})

describe.concurrent('commands', () => {
  test('of the CMS are run by name', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished)
    const run = (command: string) => stand.give('x-run-command', { command }).ended()
    expect(await run('status-window')).toMatchObject({ status: 'done', result: { passedOn: true } })
    expect(stand.player().frames[0]).toMatchObject({
      action: 'commandAction',
      commandCode: 'showStatusWindow|30',
    })
    expect(await run('gone')).toMatchObject({ status: 'not-started', code: 'command-missing' })
    expect(await run('self-destruct')).toMatchObject({ status: 'refused', code: 'no-command' })
  })

  test('are not offered where none is named', async ({ onTestFinished }) => {
    const stand = await standsUp(onTestFinished, { config: { commands: {} } })
    expect(stand.manifest('screen-1')?.['capabilities']).not.toHaveProperty('x-run-command')
  })
})
