/** Every page of the tablet in the states that a lobby manager meets, in an order in which the branch comes to them. */
import type { Locator, Page } from 'playwright-core'
import type { LobbyStage } from '../support/lobby.ts'
import type { Scene } from './camera.ts'
import { crowdVip, fillContent, openGuide, someContent, someGuiding } from './happenings.ts'

/** Simulated people come at a human pace, and each kind of trouble in its own time. */
const branchMs = 240_000

const button = (inside: Page | Locator, name: RegExp) => inside.getByRole('button', { name })
const dialogIn = (page: Page) => page.getByRole('dialog')

const all = ['light', 'dark', 'contrast'] as const
const both = ['light', 'dark'] as const

/** Nothing of the branch is needed. */
const calm: readonly Scene[] = [
  {
    name: 'shift-start',
    path: '/floor',
    shift: true,
    themes: both,
    reach: async (page) => {
      await dialogIn(page)
        .getByText(/Good, data are live|正常，数据实时更新/)
        .waitFor()
      await button(page, /^(Try it|试听)$/).click()
      await dialogIn(page)
        .getByText(/Did you hear it|可以听到吗/)
        .waitFor()
    },
  },
  {
    name: 'settings',
    path: '/day',
    themes: both,
    reach: async (page) => {
      await button(page, /^(Settings|设置)$/).click()
      await dialogIn(page).getByRole('heading').first().waitFor()
    },
  },
  {
    name: 'automation',
    path: '/floor',
    reach: async (page) => {
      await button(page, /Automation|自动调度/)
        .first()
        .click()
      await button(dialogIn(page), /^(Closing|即将结束|闭店|打烊|收尾)/)
        .or(button(dialogIn(page), /10/))
        .first()
        .waitFor()
    },
  },
  {
    name: 'policies',
    path: '/policies',
    themes: both,
    reach: (page) => page.locator('[data-flow=greeting]').waitFor(),
  },
  {
    name: 'plan',
    path: '/plan',
    themes: both,
    reach: async (page) => {
      const zone = page.locator('[data-zone-key=vip]')
      await zone.focus()
      await page.keyboard.press('Shift+ArrowRight')
      await page.getByText(/Not saved yet|尚未保存/).waitFor()
    },
    after: async (page) => {
      await button(page, /^(Discard|放弃更改)$/)
        .first()
        .click()
      const sure = dialogIn(page).getByRole('button', { name: /Discard|放弃/ })
      if (await sure.count()) await sure.click()
    },
  },
  { name: 'plan-portrait', path: '/plan', size: 'portrait' },
]

const policy: readonly Scene[] = [
  {
    name: 'policy',
    path: '/policies/diversion',
    themes: all,
    reach: async (page) => {
      await page.getByRole('slider').first().waitFor()
      await page.locator('[data-setting=enterLength] button[slot=increment]').click()
      await button(page, /^(Review|查看更改|核对)/).waitFor()
    },
  },
  { name: 'policy-small', path: '/policies/diversion', size: 'small' },
]

const content: readonly Scene[] = [
  { name: 'content-empty', path: '/content', size: 'phone' },
  { name: 'content-add', path: '/content/add', themes: all, reach: fillContent },
  {
    name: 'content',
    path: '/content',
    themes: both,
    prepare: someContent,
    reach: (page) => page.locator('main [data-item]').first().waitFor(),
  },
  {
    name: 'content-waiting',
    path: '/content/waiting',
    reach: (page) => page.locator('main [data-waiting]').first().waitFor(),
  },
]

/** A floor with people and work on it, and a queue that has grown. */
const busy: readonly Scene[] = [
  {
    name: 'queues',
    path: '/queues',
    themes: all,
    isMoment: true,
    reach: async (page) => {
      await page
        .getByText(/^(Under pressure|压力大)$/)
        .first()
        .waitFor({ timeout: branchMs })
      await page
        .getByText(/\d+ invited to kiosks|正在邀请 \d+ 人/)
        .first()
        .waitFor({ timeout: branchMs })
    },
  },
  { name: 'floor', path: '/floor', themes: all, isMoment: true, prepare: someGuiding },
  {
    name: 'floor-density',
    path: '/floor',
    reach: (page) => button(page, /^(Density|人流密度)$/).click(),
  },
  { name: 'floor-portrait', path: '/floor', size: 'portrait' },
  { name: 'floor-small', path: '/floor', size: 'small', themes: both },
  {
    name: 'floor-held-robot',
    path: '/floor?device=robot-3',
    themes: both,
    reach: async (page) => {
      const release = button(dialogIn(page), /^(Release|交还)$/)
      const hold = button(dialogIn(page), /^(Hold for 15 min|接管 15 分钟)$/)
      await hold.or(release).first().waitFor()
      if ((await hold.count()) > 0) await hold.click()
      await release.waitFor()
    },
    after: async (page) => {
      await button(dialogIn(page), /^(Release|交还)$/).click()
      await button(dialogIn(page), /^(Hold for 15 min|接管 15 分钟)$/).waitFor()
    },
  },
  {
    name: 'floor-zone',
    path: '/floor?zone=waiting',
    reach: (page) =>
      button(dialogIn(page), /here for|在此 /)
        .first()
        .waitFor({ timeout: branchMs }),
  },
  {
    name: 'work',
    path: '/work',
    themes: both,
    reach: (page) => page.locator('main li[data-task]').first().waitFor({ timeout: branchMs }),
  },
  { name: 'work-portrait', path: '/work', size: 'portrait' },
  {
    name: 'why',
    size: 'small',
    path: '/work',
    themes: all,
    isMoment: true,
    prepare: someGuiding,
    reach: async (page) => {
      // Somebody was chosen for it.
      const running = page.locator('main li[data-task]').filter({ hasText: /under way|done|执行中|已完成/i })
      const fresh = button(page, /^\d+ (new|项新任务)$/)
      await running.or(fresh).first().waitFor()
      if ((await running.count()) === 0) await fresh.click()
      await button(running.first(), /^(Why\?|为什么)$/).click()
      await dialogIn(page)
        .getByText(/\d+ (points|分)$/)
        .first()
        .waitFor()
    },
  },
  {
    name: 'act',
    path: '/floor',
    themes: both,
    reach: async (page) => {
      await openGuide(page)
      await dialogIn(page)
        .getByText(/Choose another one|Nobody could|选择其他执行者|无人可执行/)
        .first()
        .waitFor()
    },
  },
  {
    name: 'act-choice',
    path: '/floor',
    reach: async (page) => {
      await button(page, /^(Act|发起)$/).click()
      await button(dialogIn(page), /^(Guide|引导)$/).waitFor()
    },
  },
]

const trouble: readonly Scene[] = [
  {
    name: 'mine',
    path: '/mine',
    who: 'guard-1',
    size: 'phone',
    themes: both,
    isMoment: true,
    prepare: crowdVip,
    reach: (page) => button(page, /^(Accept|接受)$/).waitFor(),
  },
  {
    name: 'alerts',
    path: '/alerts',
    themes: all,
    prepare: crowdVip,
    reach: (page) => page.locator('main li[data-alert]').first().waitFor(),
  },
  {
    name: 'alerts-portrait',
    path: '/alerts',
    size: 'portrait',
    reach: async (page) => {
      const claim = button(page.locator('main li[data-alert]'), /^(Claim|认领)$/)
      if ((await claim.count()) > 0) await claim.first().click()
      await page
        .getByText(/You are on it|You have been on it|您正在处理/)
        .first()
        .waitFor()
    },
  },
  { name: 'mine-manager', path: '/mine' },
  { name: 'floor-phone', path: '/floor', size: 'phone' },
  {
    name: 'day',
    path: '/day',
    themes: both,
    reach: (page) => page.getByRole('main').locator('li, article, section').first().waitFor(),
  },
  { name: 'day-portrait', path: '/day', size: 'portrait' },
  {
    name: 'look-back',
    path: '/look-back',
    reach: (page) => page.getByRole('region').getByRole('listitem').first().waitFor(),
  },
  {
    name: 'look-back-story',
    path: '/look-back?kind=task',
    themes: both,
    reach: async (page) => {
      await page.getByRole('main').getByRole('listitem').getByRole('button').first().click()
      await dialogIn(page)
        .getByText(/^(Decided by|依据)$/)
        .first()
        .waitFor()
    },
  },
]

/** At the end, because the branch is another one afterwards. */
const broken: readonly Scene[] = [
  {
    name: 'stop-all',
    path: '/floor',
    reach: async (page) => {
      await button(page, /^(Stop all|全部停止)$/).dispatchEvent('click', { detail: 0 })
      await page.getByRole('alertdialog').waitFor()
    },
  },
  {
    name: 'stopped',
    path: '/floor',
    reach: async (page) => {
      await button(page, /^(Stop all|全部停止)$/).focus()
      await page.keyboard.down('Space')
      await page.getByText(/All movement is stopped|所有移动已停止/).waitFor()
      await page.keyboard.up('Space')
    },
    after: async (page) => {
      await button(page, /^(Allow movement|允许移动)$/).click()
      await page.getByText(/All movement is stopped|所有移动已停止/).waitFor({ state: 'detached' })
    },
  },
  {
    name: 'offline',
    path: '/queues',
    themes: both,
    reach: async (page, stage: LobbyStage) => {
      await page.locator('main section, main article, main li').first().waitFor()
      await stage.stopHub()
      // Long enough to be told from a moment's trouble.
      await page.getByText(/from \d\d s ago|\d\d 秒前的数据/).waitFor({ timeout: 60_000 })
    },
    after: async (page, stage) => {
      await stage.startHub()
      await page.getByText(/^(Live|已连接)$/).waitFor({ timeout: 60_000 })
    },
  },
]

export const scenes: readonly Scene[] = [...calm, ...content, ...busy, ...trouble, ...policy, ...broken]
