/** What the examiner says to people, always in both languages: a report is read by the vendor and by the bank. */

export interface Said {
  readonly en: string
  readonly zh: string
}

export type Tongue = keyof Said

export const say = (en: string, zh: string): Said => ({ en, zh })

/** In which language: as asked, else as the terminal's. */
export const tongueOf = (asked: string | undefined, env: NodeJS.ProcessEnv): Tongue => {
  const wanted = [asked, env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((one) => one) ?? ''
  return wanted.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}
