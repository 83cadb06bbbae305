/** Words that the hub says in both languages. `{name}` stands for a value of what is told. */

export type Tongue = 'en' | 'zh'
export type Pair = Readonly<Record<Tongue, string>>
export type Pairs = Readonly<Record<string, Pair>>

export const pair = (en: string, zh: string): Pair => ({ en, zh })

export const inTongue = (pairs: Pairs, tongue: Tongue): Record<string, string> =>
  Object.fromEntries(Object.entries(pairs).map(([code, said]) => [code, said[tongue]]))
