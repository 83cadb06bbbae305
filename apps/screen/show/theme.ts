import type { Theme } from '../settings.ts'

/** As it is set; `auto`: as the computer of the screen has it. */
export const showTheme = (theme: Theme): void => {
  const isDark = theme === 'dark' || (theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light'
}
