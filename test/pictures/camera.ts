/** Takes one picture: a page opened, brought into its state, and looked at in each language and theme that is wanted. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { LobbyStage, PageWishes, sizes } from '../support/lobby.ts'

export const tongues = ['zh', 'en'] as const
export type Tongue = (typeof tongues)[number]

export type Theme = 'light' | 'dark' | 'contrast'

export interface Scene {
  /** The name of its files. */
  readonly name: string
  /** Below /lobby. */
  readonly path: string
  readonly who?: string
  readonly size?: keyof typeof sizes
  /** With what is asked once, when a shift begins. */
  readonly shift?: boolean
  /** Light alone unless more is said. */
  readonly themes?: readonly Theme[]
  /** It passes: the pages in all languages wait for it together. */
  readonly isMoment?: boolean
  /** Once, before the first of its pictures. */
  readonly prepare?: (stage: LobbyStage) => Promise<void>
  /** From the open page to what is to be seen. */
  readonly reach?: (page: Page, stage: LobbyStage) => Promise<void>
  /** Brings back what it changed. */
  readonly after?: (page: Page, stage: LobbyStage) => Promise<void>
}

/** How the tablet itself is set; the page follows it. */
const media = {
  light: { colorScheme: 'light', contrast: 'no-preference' },
  dark: { colorScheme: 'dark', contrast: 'no-preference' },
  contrast: { colorScheme: 'light', contrast: 'more' },
} as const

/** What the page asked the hub for has come, and stands: letters, pictures, and what moves to its place. */
const isStill = async (page: Page) => {
  await page.waitForLoadState('networkidle')
  await page.evaluate(`Promise.all([
    document.fonts.ready,
    ...document.getAnimations().map((animation) => animation.finished.catch(() => undefined)),
  ])`)
}

export interface Camera {
  /** @returns the files it made */
  take(scene: Scene): Promise<readonly string[]>
}

interface CameraParts {
  readonly stage: LobbyStage
  readonly folder: string
  readonly tongues: readonly Tongue[]
}

const wishesOf = ({ path, who, size = 'landscape', shift }: Scene, tongue: Tongue): PageWishes => ({
  path,
  tongue,
  size,
  ...(who !== undefined && { who }),
  ...(shift !== undefined && { shift }),
})

export const createCamera = ({ stage, folder, tongues }: CameraParts): Camera => {
  const takeIn = async (scene: Scene, tongue: Tongue) => {
    const { page, close } = await stage.openPage(wishesOf(scene, tongue))
    const main = page.getByRole('main').getByRole('heading', { level: 1, includeHidden: true })
    await main.first().waitFor({ state: 'attached' })
    await scene.reach?.(page, stage)
    const files: string[] = []
    for (const theme of scene.themes ?? ['light']) {
      await page.emulateMedia(media[theme])
      await page.locator(`html[data-theme=${theme}]`).waitFor()
      await isStill(page)
      const file = join(folder, `${scene.name}-${tongue}${theme === 'light' ? '' : `-${theme}`}.png`)
      await page.screenshot({ path: file })
      files.push(file)
    }
    await scene.after?.(page, stage)
    await close()
    return files
  }
  return {
    take: async (scene) => {
      mkdirSync(folder, { recursive: true })
      await scene.prepare?.(stage)
      if (scene.isMoment === true)
        return (await Promise.all(tongues.map((tongue) => takeIn(scene, tongue)))).flat()
      const files: string[] = []
      for (const tongue of tongues) files.push(...(await takeIn(scene, tongue)))
      return files
    },
  }
}
