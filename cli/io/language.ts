/** In which language words for people are shown: as asked, else as the terminal's. */
export const tongues = ['zh', 'en'] as const
export type Tongue = (typeof tongues)[number]

export const tongueOf = (asked: string | undefined, env: NodeJS.ProcessEnv): Tongue => {
  const wanted = asked ?? env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? ''
  return wanted.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

/** As browsers and `Intl` name them. */
export const locales: Readonly<Record<Tongue, string>> = { zh: 'zh-CN', en: 'en' }

/** A title in one language, or in whatever there is. */
export const titled = (title: Readonly<Record<string, string>>, tongue: Tongue): string =>
  title[tongue] ?? Object.values(title)[0] ?? ''

/** The same thing said in both languages: a text, or a sentence as a function of what it tells. */
export type Pair<T> = Readonly<Record<Tongue, T>>

export const pair = <T>(en: T, zh: T): Pair<T> => ({ en, zh })

export type Spoken<Table> = {
  readonly [Key in keyof Table]: Table[Key] extends Pair<infer Said> ? Said : never
}

/** A page's table of words in one language. */
export const spoken = <Table extends Readonly<Record<string, Pair<unknown>>>>(
  table: Table,
  tongue: Tongue,
): Spoken<Table> =>
  Object.fromEntries(Object.entries(table).map(([key, said]) => [key, said[tongue]])) as Spoken<Table>
