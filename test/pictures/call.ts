/**
 * One call with three real pages, before a real hub: the kiosk of a customer, the console of an expert, and the tablet of
 * the manager who has joined them. Each is taken once all of them see each other.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { mediaWords } from '../calls/support/parties.ts'
import { picturesHere } from '../calls/support/pictures-here.js'
import { keepShift, type LobbyStage, openLobby, sizes } from '../support/lobby.ts'
import type { Tongue } from './camera.ts'
import { customer, expert, manager, type StandIn, standIn } from './stand-in.ts'

/** The name of the picture of each page. */
export const callPictures = ['call-ringing', 'call-expert', 'call-kiosk', 'call-tablet'] as const
export type CallPicture = (typeof callPictures)[number]

const parties = 3
const expertName = 'expert-1'
const managerName = 'manager-1'

interface Seat {
  readonly path: string
  readonly who?: string
  readonly looks: StandIn
}

const words = {
  zh: {
    tongue: '中文',
    ask: '呼叫专家',
    askAgreed: '同意并呼叫',
    agreed: '同意并开始通话',
    calls: '专家通话',
    join: '静音加入',
    camera: '摄像头：关',
    saved: '已保存',
    good: '良好',
    notes: '客户想把每日限额提高到 50,000 元，已核对身份证件。',
  },
  en: {
    tongue: 'English',
    ask: 'Call an expert',
    askAgreed: 'Agree and call',
    agreed: 'Agree and talk',
    calls: 'Expert calls',
    join: 'Join muted',
    camera: 'Camera: off',
    saved: 'Saved',
    good: 'Good',
    notes: 'Wants the daily limit raised to 50,000 CNY. Identity card seen.',
  },
} as const

/** Whoever is in it is seen by whoever is in it. */
const seeAll = async (page: Page) => {
  const seen = async () => (await page.evaluate(picturesHere)).filter((pictures) => pictures > 10).length
  while ((await seen()) < parties) await new Promise((resolve) => setTimeout(resolve, 100))
}

const sitDown = async (stage: LobbyStage, { path, who, looks }: Seat, tongue: Tongue): Promise<Page> => {
  const context = await stage.browser.newContext({
    locale: tongue === 'zh' ? 'zh-CN' : 'en-GB',
    viewport: sizes.landscape,
    baseURL: stage.base,
    reducedMotion: 'reduce',
    permissions: ['camera', 'microphone'],
  })
  // Three pages with three pictures each, on whatever machine this is.
  context.setDefaultTimeout(90_000)
  await standIn(context, looks)
  const page = await context.newPage()
  if (who !== undefined) await page.addInitScript(keepShift, who)
  await page.goto(path)
  if (who !== undefined) {
    await stage.signIn(page, who)
    await page.getByText(tongue === 'zh' ? '已连接' : 'Live', { exact: true }).waitFor()
  }
  return page
}

const at = (console: Page, stage: string) => console.locator(`[data-stage="${stage}"]`).waitFor()

export interface CallShots {
  readonly wanted: readonly CallPicture[]
  readonly tongue: Tongue
  readonly folder: string
}

/** @returns the files it made */
const takeOne = async (
  stage: LobbyStage,
  { wanted, tongue, folder }: CallShots,
): Promise<readonly string[]> => {
  const say = words[tongue]
  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
  const files: string[] = []
  const shoot = async (page: Page, name: CallPicture) => {
    if (!wanted.includes(name)) return
    const path = join(folder, `${name}-${tongue}.png`)
    await page.screenshot({ path })
    files.push(path)
  }

  const console = await sitDown(stage, { path: '/expert', who: expertName, looks: expert }, tongue)
  await console.locator('meter').waitFor()
  await console.keyboard.press('v')
  await at(console, 'ready')
  const kiosk = await sitDown(stage, { path: '/kiosk?device=kiosk-1', looks: customer }, tongue)
  await press(kiosk, say.tongue)
  await press(kiosk, say.ask)
  await press(kiosk, say.askAgreed)
  await at(console, 'ringing')
  await console.locator('ol time').first().waitFor()
  await shoot(console, 'call-ringing')
  await console.keyboard.press('a')
  await at(console, 'call')
  await press(kiosk, say.agreed)

  const tablet = await sitDown(stage, { path: '/lobby/floor', who: managerName, looks: manager }, tongue)
  await tablet.getByRole('region', { name: say.calls }).getByRole('button').first().click()
  await press(tablet, say.join)
  await press(tablet, say.camera)
  await console.keyboard.press('i')
  await console.keyboard.press('n')
  await console.keyboard.insertText(say.notes)
  await console.getByText(say.saved, { exact: true }).waitFor()
  for (const page of [console, kiosk, tablet]) await seeAll(page)
  // As it is on a machine that has time for it.
  await console.getByText(say.good, { exact: true }).nth(1).waitFor()
  await shoot(console, 'call-expert')
  await shoot(kiosk, 'call-kiosk')
  await shoot(tablet, 'call-tablet')

  for (const page of [console, kiosk, tablet]) await page.context().close()
  return files
}

/** A hub of its own for each language: whatever was written up in one does not stand in the other. */
export const takeCall = async (shots: CallShots): Promise<readonly string[]> => {
  mkdirSync(shots.folder, { recursive: true })
  const stage = await openLobby({ words: mediaWords, hasDoor: true, isDoorOpen: true })
  try {
    await stage.addAccount(expertName, ['expert'])
    return await takeOne(stage, shots)
  } finally {
    await stage.stop()
  }
}
