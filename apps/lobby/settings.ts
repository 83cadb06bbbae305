/** What this tablet remembers for whoever uses it: language and theme. */
import { localeOf, type Tongue } from '../ui/words.ts'

export const themes = ['system', 'light', 'dark', 'contrast'] as const
export type Theme = (typeof themes)[number]

const tongueKey = 'usher.tongue'
const themeKey = 'usher.theme'

export const readTongue = (): Tongue => {
  const kept = localStorage.getItem(tongueKey)
  if (kept === 'zh' || kept === 'en') return kept
  const wished = navigator.languages.find((language) => /^(zh|en)\b/i.test(language))
  return wished?.toLowerCase().startsWith('en') === true ? 'en' : 'zh'
}

export const keepTongue = (tongue: Tongue): void => localStorage.setItem(tongueKey, tongue)

export const showTongue = (tongue: Tongue): void => {
  document.documentElement.lang = localeOf[tongue]
}

export const readTheme = (): Theme => {
  const kept = localStorage.getItem(themeKey)
  return themes.find((theme) => theme === kept) ?? 'system'
}

export const keepTheme = (theme: Theme): void => localStorage.setItem(themeKey, theme)

/** How the tablet itself is set. */
const ofSystem = () => ({
  contrast: matchMedia('(prefers-contrast: more)'),
  dark: matchMedia('(prefers-color-scheme: dark)'),
})

const shownOf = (theme: Theme): Exclude<Theme, 'system'> => {
  if (theme !== 'system') return theme
  const { contrast, dark } = ofSystem()
  if (contrast.matches) return 'contrast'
  return dark.matches ? 'dark' : 'light'
}

/** Each theme stands once among the tokens: which of them it is, the page says. */
export const showTheme = (theme: Theme): void => {
  document.documentElement.dataset.theme = shownOf(theme)
}

/** At dusk too. */
export const followSystem = (): void => {
  for (const query of Object.values(ofSystem()))
    query.addEventListener('change', () => showTheme(readTheme()))
}
