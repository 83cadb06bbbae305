/** How the automation stands, and the way to pause it or to set the branch's mode. Apart from stopping what moves. */
import { Pause, Play, Zap } from 'lucide-react'
import { useState } from 'react'
import type { LiveBranch } from '#protocol/desk/live/lobby-rows.ts'
import { modes } from '#protocol/model.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useFormat } from '../../ui/format.ts'
import { Life } from '../../ui/life.tsx'
import { useSay } from '../../ui/words.ts'
import { useHubWords } from '../live/hub-words.ts'
import { type CommandLife, useLife, useMay, useSend } from '../live/use-commands.ts'
import { useBranch } from '../live/use-live.ts'
import { useNames } from '../said/use-said.ts'
import styles from './automation.module.css'
import { frameWords } from './words.ts'

const minute = 60_000
const pauses = [10 * minute, 30 * minute, 60 * minute]

type Choosable = Exclude<LiveBranch['mode'], 'emergency'>

/** Emergency comes from the branch, and is ended by its own button. */
const choosable = modes.filter((mode): mode is Choosable => mode !== 'emergency')

interface PartProps {
  readonly branch: LiveBranch
  readonly onGiven: (life: CommandLife) => void
}

const PausePart = ({ branch, onGiven }: PartProps) => {
  const say = useSay()
  const format = useFormat()
  const may = useMay()
  const send = useSend()
  return (
    <section className={styles.part}>
      <h3>{say(frameWords.pause)}</h3>
      <p className={styles.text}>{say(frameWords.pauseText)}</p>
      <div className={styles.choices}>
        {branch.paused === null ? (
          [...pauses, null].map((forMs) => (
            <Button
              key={forMs}
              isDisabled={!may('pause')}
              onPress={() => onGiven(send({ name: 'pause', params: { forMs } }))}
            >
              {forMs === null ? say(frameWords.pauseOpen) : format.duration(forMs)}
            </Button>
          ))
        ) : (
          <Button
            kind="primary"
            icon={<Play aria-hidden />}
            isDisabled={!may('resume')}
            onPress={() => onGiven(send({ name: 'resume', params: {} }))}
          >
            {say(frameWords.resume)}
          </Button>
        )}
      </div>
    </section>
  )
}

interface AskProps {
  readonly mode: Choosable
  readonly onYes: () => void
  readonly onNo: () => void
}

/** What happens with it, before it does: a mode changes what the whole branch does. */
const AskMode = ({ mode, onYes, onNo }: AskProps) => {
  const say = useSay()
  const words = useHubWords()
  return (
    <div className={styles.ask}>
      <p>{say(frameWords[`mode.${mode}`])}</p>
      <div className={styles.choices}>
        <Button kind="primary" onPress={onYes}>
          {say(frameWords.modeSet, { mode: words.word('modes', mode) })}
        </Button>
        <Button onPress={onNo}>{say(frameWords.modeKeep)}</Button>
      </div>
    </div>
  )
}

const ModePart = ({ branch, onGiven }: PartProps) => {
  const say = useSay()
  const format = useFormat()
  const words = useHubWords()
  const { person } = useNames()
  const may = useMay()
  const send = useSend()
  const [asked, setAsked] = useState<Choosable>()
  return (
    <section className={styles.part}>
      <h3>{say(frameWords.mode)}</h3>
      <p className={styles.text}>
        {say(frameWords.modeSince, { by: person(branch.modeBy), at: format.clock(branch.modeAt) })}
      </p>
      <div className={styles.choices}>
        {choosable.map((mode) => (
          <Button
            key={mode}
            kind={mode === branch.mode ? 'primary' : 'plain'}
            aria-pressed={mode === branch.mode}
            isDisabled={!may('mode') || branch.mode === 'emergency'}
            onPress={() => setAsked(mode === branch.mode ? undefined : mode)}
          >
            {words.word('modes', mode)}
          </Button>
        ))}
      </div>
      {asked !== undefined && asked !== branch.mode && (
        <AskMode
          mode={asked}
          onYes={() => {
            onGiven(send({ name: 'mode', params: { mode: asked } }))
            setAsked(undefined)
          }}
          onNo={() => setAsked(undefined)}
        />
      )}
    </section>
  )
}

const Choices = () => {
  const branch = useBranch()
  const [given, setGiven] = useState<CommandLife>()
  const life = useLife(given)
  if (branch === undefined) return null
  return (
    <div className={styles.body}>
      <PausePart branch={branch} onGiven={setGiven} />
      <ModePart branch={branch} onGiven={setGiven} />
      <Life of={life} />
    </div>
  )
}

export const Automation = () => {
  const say = useSay()
  const words = useHubWords()
  const branch = useBranch()
  const [isOpen, setOpen] = useState(false)
  const isPaused = branch?.paused !== null && branch !== undefined
  return (
    <>
      <Button
        kind="quiet"
        icon={isPaused ? <Pause aria-hidden /> : <Zap aria-hidden />}
        onPress={() => setOpen(true)}
      >
        <span className={styles.state}>
          {say(isPaused ? frameWords.automationPaused : frameWords.automationRuns)}
        </span>
        {branch !== undefined && <span className={styles.mode}>{words.word('modes', branch.mode)}</span>}
      </Button>
      <Dialog title={say(frameWords.automation)} isOpen={isOpen} onClose={() => setOpen(false)}>
        <Choices />
      </Dialog>
    </>
  )
}
