/** Who leads experts: sees who waits and who is there, sets somebody away, listens and is seen to, and reads how the day goes. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OtherSide } from '../calls/support/other-side.ts'
import { expectOpenToAll } from '../tablet/open-to-all.ts'
import { expectKeysApart } from './keys-apart.ts'
import { type ExpertStage, openExpertStage } from './stage.ts'

const folder = mkdtempSync(join(tmpdir(), 'usher-lead-'))
let stage: ExpertStage
let others: OtherSide

beforeAll(async () => {
  stage = await openExpertStage(folder)
  const { browser, base, data } = stage.lobby
  others = new OtherSide({ browser, base, data, hub: () => stage.lobby.hub() })
  await stage.lobby.addAccount('zhou', ['lead'])
})
afterAll(async () => {
  await stage?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('who leads experts sets one away and back, listens to a call, and everybody in it sees that', async () => {
  const { page, close } = await stage.openPage({ who: 'zhou' })
  await page.getByText('You lead the experts').waitFor()
  await others.comes('expert-1')
  await page.getByRole('button', { name: 'Set away: Expert Wang' }).click()
  await page.getByRole('button', { name: 'Set back: Expert Wang' }).waitFor()
  const presence = () => stage.lobby.hub().engine.state.experts.get('expert-1')?.presence
  expect(presence()).toBe('away')
  await page.getByRole('button', { name: 'Set back: Expert Wang' }).click()
  await expect.poll(presence).toBe('available')

  const kiosk = await stage.openKiosk('kiosk-1')
  await kiosk.askForExpert()
  await expect.poll(async () => (await others.call())?.state).toBe('ringing')
  await page.getByRole('region', { name: 'Who waits' }).getByText('Kiosk 1').waitFor()
  await others.accepts('expert-1')
  const expert = await others.joins('expert:expert-1')
  await kiosk.join()
  await page.getByRole('button', { name: 'Listen: Kiosk 1' }).click()
  await page.getByRole('heading', { name: 'You listen' }).waitFor()
  const lead = async () => (await kiosk.told()).others.find(({ id }) => id === 'lead:zhou')?.shown
  await expect.poll(lead).toEqual({ camera: false, microphone: false, held: false })
  await expect.poll(async () => (await expert.view()).others.map(({ id }) => id)).toContain('lead:zhou')
  await page.getByText('Customer · Kiosk 1').waitFor()
  await expectOpenToAll(page, 'listening')
  expect(await expectKeysApart(page)).toContain('E')
  await page.keyboard.press('e')
  await expect.poll(lead).toBeUndefined()
  expect((await others.call())?.state).toBe('in-call')
  await page.getByRole('table').getByRole('row', { name: /^all/ }).waitFor()
  await expectOpenToAll(page, 'leading')

  await others.comes('expert-2')
  await page.getByRole('button', { name: 'Hand over the call of Kiosk 1' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Expert Wang leaves the call').waitFor()
  expect(await dialog.getByRole('radio', { name: 'Expert Wang' }).count()).toBe(0)
  await expectOpenToAll(page, 'handing a call over')
  await dialog.getByText('Expert Zhao', { exact: true }).click()
  await dialog.getByRole('textbox').fill('Wants a loan')
  await dialog.getByRole('button', { name: 'Hand over the call of Kiosk 1' }).click()
  await expect
    .poll(() => others.call())
    .toMatchObject({ state: 'ringing', expert: null, notes: 'Wants a loan', ring: { experts: ['expert-2'] } })
  expect((await others.call())?.segments).toMatchObject([{ expert: 'expert-1', why: 'handed-over' }])
  await expert.close()
  await kiosk.stop()
  await close()
}, 90_000)
