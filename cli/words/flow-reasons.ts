/** The reason codes of the shipped flows, in both languages. `{name}` stands for a parameter. */
import type { Tongue } from '../io/language.ts'

export const flowReasons: Readonly<Record<string, Readonly<Record<Tongue, string>>>> = {
  emergency: { en: 'emergency', zh: '紧急情况' },
}
