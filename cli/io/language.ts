/** In which language words for people are shown: as asked, else as the terminal's. */
export const tongues = ['zh', 'en'] as const
export type Tongue = (typeof tongues)[number]

export const tongueOf = (asked: string | undefined, env: NodeJS.ProcessEnv): Tongue => {
  const wanted = asked ?? env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? ''
  return wanted.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

/** A title in one language, or in whatever there is. */
export const titled = (title: Readonly<Record<string, string>>, tongue: Tongue): string =>
  title[tongue] ?? Object.values(title)[0] ?? ''
