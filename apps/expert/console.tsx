/** One expert at work: how they stand with the desk, and the one thing that the desk has for them now. */
import { UserRoundX } from 'lucide-react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { createChime } from '../lobby/alarm/chime.ts'
import { useFlashingTitle, useRinging } from '../lobby/alarm/use-sounding.ts'
import { useUnlock } from '../lobby/alarm/use-unlock.ts'
import { Banners } from '../lobby/frame/banners.tsx'
import { Faults } from '../lobby/frame/faults.tsx'
import { Toasts } from '../lobby/frame/toasts.tsx'
import { useAwake } from '../lobby/frame/use-awake.ts'
import { useBranch, useMe, useRow, useTable } from '../lobby/live/use-live.ts'
import { Empty } from '../ui/empty.tsx'
import { useSay } from '../ui/words.ts'
import { Case } from './call/case.tsx'
import { Ringing } from './call/ringing.tsx'
import { keepPrivateNotesOf } from './call/use-notes.ts'
import { callWords } from './call/words.ts'
import styles from './console.module.css'
import { BetweenCalls } from './desk/between-calls.tsx'
import { CalledOff } from './desk/called-off.tsx'
import { IdleQuestion } from './desk/idle-question.tsx'
import { PlanContext, usePlanAnswer } from './desk/plan.ts'
import { QueueBoard } from './desk/queue-board.tsx'
import { SettingsSheet } from './desk/settings-sheet.tsx'
import { TopBar } from './desk/top-bar.tsx'
import { useWhere } from './desk/use-where.ts'
import { createActions } from './keys/actions.ts'
import { ActionContext, useActions } from './keys/context.ts'
import { keyOf } from './keys/key-of.ts'
import { KeySheet } from './keys/key-sheet.tsx'
import { Palette } from './keys/palette.tsx'
import { keepSingleKeys, readSingleKeys, SingleKeysContext, useSingleKeys } from './keys/single-keys.ts'
import { useKeys } from './keys/use-keys.ts'
import { Listening } from './lead/listening.tsx'
import { ListeningContext, useIsLead, useListening } from './lead/use-lead.ts'
import { leadWords } from './lead/words.ts'
import { usualIdle } from './model/idle.ts'
import { type Stage, stageOf } from './model/stage.ts'
import { expertWords } from './words.ts'

const ringEveryMs = 3_000

interface StageProps {
  readonly stage: Stage
  readonly isHeard: boolean
  readonly onSoundOn: () => void
}

const goesBefore: ReadonlySet<Stage['at']> = new Set(['ringing', 'call', 'wrap-up'])

const StageView = ({ stage, ...sound }: StageProps) => {
  const say = useSay()
  const isLead = useIsLead()
  const listening = useListening()
  const { call } = listening
  const isThere = useTable('calls').some(({ id, participants }) => id === call && participants.length > 0)
  // A ring of one's own goes before, and so does the end of what one listened to.
  if (call !== undefined && isThere && !goesBefore.has(stage.at))
    return <Listening key={call} call={call} onStop={() => listening.to(undefined)} />
  switch (stage.at) {
    case 'nobody':
      return (
        <Empty
          icon={<UserRoundX aria-hidden size={40} />}
          title={say(isLead ? leadWords.title : expertWords.nobody)}
          text={say(isLead ? leadWords.text : expertWords.nobodyText)}
        />
      )
    case 'ringing':
      return <Ringing key={stage.ring.id} stage={stage} />
    case 'call':
    case 'wrap-up':
      return <Case key={stage.call.id} call={stage.call} isOver={stage.at === 'wrap-up'} />
    default:
      return <BetweenCalls stage={stage} {...sound} />
  }
}

const useStage = (): Stage => {
  const me = useMe()
  const expert = useRow('experts', me.name)
  const calls = useTable('calls')
  return stageOf(expert, calls)
}

const useBell = (stage: Stage) => {
  const say = useSay()
  const whereOf = useWhere()
  const chime = useMemo(() => createChime(), [])
  const isHeard = useUnlock(chime)
  const isRinging = stage.at === 'ringing'
  useRinging(chime, ringEveryMs, isRinging ? stage.ring.id : null)
  useFlashingTitle(isRinging ? say(callWords.flash, { where: whereOf(stage.call) }) : null)
  const soundOn = useCallback(() => void chime.unlock().catch(() => undefined), [chime])
  return { isHeard, soundOn }
}

type Sheet = 'palette' | 'keys' | 'settings'

const OpenSheet = ({ sheet, onClose }: { sheet: Sheet | undefined; onClose: () => void }) => {
  if (sheet === 'palette') return <Palette onClose={onClose} />
  if (sheet === 'keys') return <KeySheet onClose={onClose} />
  return sheet === 'settings' && <SettingsSheet onClose={onClose} />
}

const useListeningChoice = () => {
  const [call, to] = useState<string>()
  return useMemo(() => ({ call, to }), [call])
}

const Bench = () => {
  const say = useSay()
  const stage = useStage()
  const bell = useBell(stage)
  const held = stage.at === 'call' || stage.at === 'wrap-up' ? stage.call.id : undefined
  useEffect(() => keepPrivateNotesOf(held), [held])
  const singleKeys = useSingleKeys()
  const [sheet, setSheet] = useState<Sheet>()
  const close = () => setSheet(undefined)
  const openPalette = useCallback(() => setSheet('palette'), [])
  useKeys(singleKeys.isOn, openPalette)
  useAwake()
  useActions('console', [
    { id: 'keys', title: expertWords.keySheet, key: keyOf.console.keys, run: () => setSheet('keys') },
    {
      id: 'settings',
      title: expertWords.settings,
      key: keyOf.console.settings,
      run: () => setSheet('settings'),
    },
  ])
  const listening = useListeningChoice()
  const isAlone = held !== undefined || stage.at === 'ringing'
  return (
    <ListeningContext value={listening}>
      <div className={styles.console} data-stage={stage.at}>
        <div className={styles.top}>
          <TopBar stage={stage} onPalette={openPalette} onSettings={() => setSheet('settings')} />
          <Banners />
        </div>
        <main className={styles.main} aria-label={say(expertWords.now)}>
          <CalledOff stage={stage} />
          <Faults key={stage.at === 'wrap-up' ? 'call' : stage.at}>
            <StageView stage={stage} isHeard={bell.isHeard} onSoundOn={bell.soundOn} />
          </Faults>
        </main>
        {!isAlone && (
          <aside className={styles.side} aria-label={say(expertWords.queue)}>
            <QueueBoard />
          </aside>
        )}
        <Toasts />
        <IdleQuestion isWatched={stage.at === 'ready'} limits={usualIdle} />
        <OpenSheet sheet={sheet} onClose={close} />
      </div>
    </ListeningContext>
  )
}

/** Nothing is said of somebody before anything is known. */
const Known = () => (useBranch() === undefined ? null : <Bench />)

export const Console = () => {
  const plan = usePlanAnswer()
  const actions = useMemo(() => createActions(), [])
  const [isOn, setOn] = useState(readSingleKeys)
  const singleKeys = useMemo(
    () => ({
      isOn,
      set: (next: boolean) => {
        keepSingleKeys(next)
        setOn(next)
      },
    }),
    [isOn],
  )
  return (
    <ActionContext value={actions}>
      <SingleKeysContext value={singleKeys}>
        <PlanContext value={plan}>
          <Known />
        </PlanContext>
      </SingleKeysContext>
    </ActionContext>
  )
}
