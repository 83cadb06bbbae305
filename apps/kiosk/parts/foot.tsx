/** Always there and always in the same place: back, help, the end; and how somebody wants to see it. */
import { Accessibility, ArrowLeft, Contrast, Glasses, Headset, LifeBuoy, LogOut } from 'lucide-react'
import type { Person, View } from '../journey/state.ts'
import { useCell } from '../outside/cell.ts'
import { languagesOf, ownLanguages } from '../words/say.ts'
import { BigButton } from './big-button.tsx'
import styles from './foot.module.css'
import { useKiosk, usePut, useSpeech, useWorld } from './use-kiosk.ts'

const Tools = ({ person }: { readonly person: Person }) => {
  const { say } = useSpeech()
  const put = usePut()
  const { canCallExpert } = useWorld()
  const isWorking = person.way.includes('working')
  return (
    <nav className={styles.tools} aria-label={say('tools')}>
      <BigButton
        icon={<ArrowLeft aria-hidden />}
        isDisabled={isWorking}
        onPress={() => put({ type: 'back' })}
      >
        {say('back')}
      </BigButton>
      <BigButton
        icon={<LogOut aria-hidden />}
        isDisabled={isWorking}
        label={say('startOverWhole')}
        onPress={() => put({ type: 'start-over' })}
      >
        {say('startOver')}
      </BigButton>
      <span className={styles.gap} />
      {canCallExpert && (
        <BigButton icon={<Headset aria-hidden />} onPress={() => put({ type: 'expert' })}>
          {say('expert')}
        </BigButton>
      )}
      <BigButton kind="primary" icon={<LifeBuoy aria-hidden />} onPress={() => put({ type: 'help' })}>
        {say('help')}
      </BigButton>
    </nav>
  )
}

const ViewChoice = ({ view }: { readonly view: View }) => {
  const { say } = useSpeech()
  const { own, put } = useKiosk()
  const languages = languagesOf(useCell(own).settings)
  const look = (change: Partial<View>) => () => put({ type: 'look', view: change })
  return (
    <fieldset className={styles.view} aria-label={say('view')}>
      {languages.map(({ tag, name }) => (
        <BigButton
          key={tag}
          isOn={tag === view.language}
          lang={ownLanguages[0]?.tag === tag ? 'zh-CN' : tag}
          onPress={look({ language: tag })}
        >
          {name}
        </BigButton>
      ))}
      <span className={styles.gap} />
      <BigButton icon={<Glasses aria-hidden />} isOn={view.elder} onPress={look({ elder: !view.elder })}>
        {say('elder')}
      </BigButton>
      <BigButton
        icon={<Contrast aria-hidden />}
        isOn={view.contrast}
        onPress={look({ contrast: !view.contrast })}
      >
        {say('contrast')}
      </BigButton>
      <BigButton icon={<Accessibility aria-hidden />} isOn={view.low} onPress={look({ low: !view.low })}>
        {say('low')}
      </BigButton>
    </fieldset>
  )
}

/** How much of the lower half is taken: the low layout lays what is pressed right above it. */
const tellHeight = (foot: HTMLElement | null) => {
  if (foot === null) return undefined
  const watch = new ResizeObserver(() => {
    document.documentElement.style.setProperty('--foot', `${foot.offsetHeight}px`)
  })
  watch.observe(foot)
  return () => watch.disconnect()
}

export const Foot = ({ person }: { readonly person: Person }) => (
  <footer ref={tellHeight} className={styles.foot}>
    <Tools person={person} />
    <ViewChoice view={person.view} />
  </footer>
)
