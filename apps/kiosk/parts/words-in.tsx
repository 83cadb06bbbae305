/** Words of the hub: in the language of whoever is there, or in all of them while that is not known. */
import { useContext } from 'react'
import type { Words } from '#protocol/targets.ts'
import { localeOf } from '../words/say.ts'
import { ViewContext } from './use-kiosk.ts'

export const WordsIn = ({ words, isForAll = false }: { words: readonly Words[]; isForAll?: boolean }) => {
  const { language } = useContext(ViewContext)
  const own = words.filter((one) => one.language.split('-')[0] === language.split('-')[0])
  const said = isForAll || own.length === 0 ? words : own
  return said.map(({ language, text }) => (
    <p key={`${language} ${text}`} lang={localeOf(language)}>
      {text}
    </p>
  ))
}
