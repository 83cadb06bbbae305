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

export const showTheme = (theme: Theme): void => {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
