/** Always there and always in the same place: back, the end, how somebody wants to see it, and help. */
import { ArrowLeft, Headset, Languages, LifeBuoy, LogOut } from 'lucide-react'
import { useStage } from '../call/use-call.ts'
import { type Person, pageOf } from '../journey/state.ts'
import { BigButton } from './big-button.tsx'
import styles from './foot.module.css'
import { usePut, useSpeech, useWorld } from './use-kiosk.ts'

const Tools = ({ person }: { readonly person: Person }) => {
  const { say } = useSpeech()
  const put = usePut()
  const { canCallExpert, hasExperts } = useWorld()
  const stage = useStage(person)
  const hasCall = stage !== 'none'
  // Whoever talks has the bar of the call for it.
  const isAway = hasCall && stage !== 'talking' && pageOf(person) !== 'expert'
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
        onPress={() => put({ type: 'start-over' })}
      >
        {`${say('startOver')} `}
        <span className="visually-hidden">{say('startOverWhole')}</span>
      </BigButton>
      <BigButton icon={<Languages aria-hidden />} onPress={() => put({ type: 'view' })}>
        {say('view')}
      </BigButton>
      <span className={styles.gap} />
      {/* Fewer choices at once: there the page of help has it. */}
      {(isAway || (!hasCall && canCallExpert && !person.view.elder)) && (
        <BigButton icon={<Headset aria-hidden />} onPress={() => put({ type: 'expert' })}>
          {say(hasCall ? 'yourCall' : 'expert')}
        </BigButton>
      )}
      {!hasCall && hasExperts && !canCallExpert && !person.view.elder && (
        <span className={styles.away}>{say('expertsAway')}</span>
      )}
      <BigButton kind="primary" icon={<LifeBuoy aria-hidden />} onPress={() => put({ type: 'help' })}>
        {say('help')}
      </BigButton>
    </nav>
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
  </footer>
)
