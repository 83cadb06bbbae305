/** Nobody is there: what the branch wants shown, and the languages to begin in, within everybody's reach. */
import { Glasses } from 'lucide-react'
import { useState } from 'react'
import type { View } from '../journey/state.ts'
import { useCell } from '../outside/cell.ts'
import { entryAt, runningNow } from '../outside/programme.ts'
import { BigButton } from '../parts/big-button.tsx'
import { Picture } from '../parts/picture.tsx'
import { useKiosk } from '../parts/use-kiosk.ts'
import { type LanguageChoice, languagesOf, localeOf, ownLanguages, speechOf } from '../words/say.ts'
import styles from './attract.module.css'
import { JoiningNote } from './joining.tsx'

const plain: Omit<View, 'language'> = { elder: false, contrast: false, low: false }

/** In both languages of the kiosk: nobody has said yet which is theirs. */
const useBoth = () => {
  const { settings } = useCell(useKiosk().own)
  return ownLanguages.map(({ tag }) => ({ tag, ...speechOf(settings, { language: tag, elder: false }) }))
}

/** Whoever asked to know more is answered. */
const thanksForMs = 8_000

const Stage = () => {
  const { showing, config, now: clock, wall, interest } = useKiosk()
  const shown = useCell(showing.now)
  const now = wall(useCell(clock))
  const told = useCell(config)
  const both = useBoth()
  const [thankedAt, setThankedAt] = useState(Number.NEGATIVE_INFINITY)
  const ask = () => {
    setThankedAt(now)
    interest.set(true)
  }
  if (shown !== null)
    return (
      <section className={styles.stage} aria-label={both.map(({ say }) => say('promotion')).join(' · ')}>
        <Picture key={shown.key} media={shown.content.media} words={shown.content.words} />
        {shown.isPromotion && (
          <BigButton onPress={ask}>{both.map(({ say }) => say('moreAbout')).join(' · ')}</BigButton>
        )}
      </section>
    )
  const entry = entryAt(runningNow(told?.settings['programme'], now), now)
  if (now - thankedAt < thanksForMs) return <Words name="thanks" />
  if (entry === undefined) return <Words name="welcome" />
  return (
    <section className={styles.stage}>
      <Picture key={entry.item} media={entry.media} words={entry.words} />
    </section>
  )
}

const Words = ({ name }: { readonly name: 'welcome' | 'thanks' }) => (
  <section className={styles.stage}>
    <div className={styles.welcome}>
      {useBoth().map(({ tag, say }) => (
        <p key={tag} lang={localeOf(tag)}>
          {say(name)}
        </p>
      ))}
    </div>
  </section>
)

const Begin = ({ languages }: { readonly languages: readonly LanguageChoice[] }) => {
  const { put } = useKiosk()
  const both = useBoth()
  return (
    <div className={styles.languages}>
      {languages.map(({ tag, name }) => (
        <BigButton
          key={tag}
          kind="primary"
          lang={localeOf(tag)}
          onPress={() => put({ type: 'begin', view: { ...plain, language: tag } })}
        >
          {name}
        </BigButton>
      ))}
      <BigButton
        icon={<Glasses aria-hidden />}
        more={<span lang="en">{both[1]?.say('elder')}</span>}
        onPress={() => put({ type: 'begin', view: { ...plain, language: 'zh', elder: true } })}
      >
        {both[0]?.say('elder')}
      </BigButton>
    </div>
  )
}

export const AttractPage = () => {
  const { own, board, config } = useKiosk()
  const languages = languagesOf(useCell(own).settings)
  const { board: known } = useCell(board)
  const both = useBoth()
  const isShut = useCell(config)?.mode === 'closed'
  return (
    <main className={styles.page}>
      <h1 className={styles.title}>
        {both.map(({ tag, title }) => (
          <span key={tag} lang={localeOf(tag)}>
            {title(known?.title, tag === 'zh' ? '智能柜台' : 'Kiosk')}
          </span>
        ))}
      </h1>
      <JoiningNote />
      {isShut && <p className={styles.shut}>{both.map(({ say }) => say('branchClosed')).join(' · ')}</p>}
      <Stage />
      <Begin languages={languages} />
    </main>
  )
}
