/** What every page of somebody signed in begins with: settings around it, and the way from `who are you` to the live branch. */
import { type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { I18nProvider } from 'react-aria-components'
import type { Me } from '#protocol/desk/account.ts'
import { liveVersion } from '#protocol/desk/live/line.ts'
import type { WorkerLink } from '../shell/worker-link.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { TimeZoneContext } from '../ui/format.ts'
import { localeOf, TongueContext, useSay } from '../ui/words.ts'
import { Faults } from './frame/faults.tsx'
import { askHub, HubRefused } from './live/ask-hub.ts'
import { type Live, LiveContext } from './live/context.ts'
import { HubWordsContext, useHubWordsAnswer } from './live/hub-words.ts'
import { useBranch } from './live/use-live.ts'
import { leaveTab, takeTab } from './own-tab.ts'
import { keepTheme, keepTongue, readTheme, readTongue, showTheme, showTongue } from './settings.ts'
import { type Settings, SettingsContext } from './settings-context.ts'
import { startLive } from './start-live.ts'
import { lobbyWords } from './words.ts'
import { WorkerContext } from './worker-context.ts'

const toSignIn = () => {
  const next = window.location.pathname + window.location.search
  window.location.assign(`/sign-in?next=${encodeURIComponent(next)}`)
}

const renewedKey = 'usher.reloaded'

/**
 * For a page that does not understand the hub. At once for each version, and then whenever there is a newer build: a hub
 * that stays newer than what it serves must not make pages turn in a circle, nor one that went while it was fetched
 * leave a page behind for good.
 */
const createRenewal = ({ renew, renewOnceNewer }: WorkerLink): (() => void) => {
  let isLooking = false
  return () => {
    if (sessionStorage.getItem(renewedKey) !== `${liveVersion}`) {
      sessionStorage.setItem(renewedKey, `${liveVersion}`)
      void renew()
    } else if (!isLooking) {
      isLooking = true
      void renewOnceNewer()
    }
  }
}

type Start =
  | { readonly stage: 'asking' }
  | { readonly stage: 'unreachable' }
  | { readonly stage: 'live'; readonly live: Live }

const begin = (me: Me, renew: () => void): Live => {
  takeTab(me.name)
  return startLive({
    me,
    onOver: (why) => {
      if (why === 'version') return renew()
      if (why === 'signed-out') leaveTab()
      // Signing in again would lead back here, and so on: the hub knows where somebody of this role belongs.
      return why === 'role' ? window.location.assign('/') : toSignIn()
    },
  })
}

const useStart = (): { start: Start; again: () => void } => {
  const [start, setStart] = useState<Start>({ stage: 'asking' })
  const [round, setRound] = useState(0)
  const worker = useContext(WorkerContext)
  const [renew] = useState(() => createRenewal(worker))
  useEffect(() => {
    const gone = new AbortController()
    askHub('me', {}, gone.signal).then(
      (me) => setStart({ stage: 'live', live: begin(me, renew) }),
      (error: unknown) => {
        if (gone.signal.aborted) return
        if (error instanceof HubRefused && error.error?.code === 'sign-in.needed') return toSignIn()
        // An answer that this page cannot read is one of another version.
        if (!(error instanceof HubRefused)) renew()
        setStart({ stage: 'unreachable' })
      },
    )
    return () => gone.abort()
  }, [round, renew])
  const again = useCallback(() => setRound((before) => before + 1), [])
  return { start, again }
}

const Unreachable = ({ again }: { again: () => void }) => {
  const say = useSay()
  useEffect(() => {
    const timer = setInterval(again, 5_000)
    return () => clearInterval(timer)
  }, [again])
  return (
    <main>
      <Empty
        title={say(lobbyWords.offlineStart)}
        text={say(lobbyWords.offlineStartText)}
        action={<Button onPress={again}>{say(lobbyWords.again)}</Button>}
      />
    </main>
  )
}

const InBranch = ({ children }: { children: ReactNode }) => {
  const branch = useBranch()
  const words = useHubWordsAnswer()
  return (
    <TimeZoneContext value={branch?.timeZone ?? 'Asia/Shanghai'}>
      <HubWordsContext value={words}>{children}</HubWordsContext>
    </TimeZoneContext>
  )
}

const useOwnSettings = (): Settings => {
  const [tongue, setTongue] = useState(readTongue)
  const [theme, setTheme] = useState(readTheme)
  return useMemo(
    () => ({
      tongue,
      theme,
      setTongue: (next) => {
        keepTongue(next)
        // The pages of the hub itself follow.
        askHub('me', { lang: next }).catch(() => undefined)
        showTongue(next)
        setTongue(next)
      },
      setTheme: (next) => {
        keepTheme(next)
        showTheme(next)
        setTheme(next)
      },
    }),
    [tongue, theme],
  )
}

const Started = ({ children }: { children: ReactNode }) => {
  const { start, again } = useStart()
  if (start.stage === 'asking') return null
  if (start.stage === 'unreachable') return <Unreachable again={again} />
  return (
    <LiveContext value={start.live}>
      <Faults>
        <InBranch>{children}</InBranch>
      </Faults>
    </LiveContext>
  )
}

interface BranchPageProps {
  readonly worker: WorkerLink
  readonly children: ReactNode
}

export const BranchPage = ({ worker, children }: BranchPageProps) => {
  const settings = useOwnSettings()
  return (
    <WorkerContext value={worker}>
      <SettingsContext value={settings}>
        <TongueContext value={settings.tongue}>
          <I18nProvider locale={localeOf[settings.tongue]}>
            <Started>{children}</Started>
          </I18nProvider>
        </TongueContext>
      </SettingsContext>
    </WorkerContext>
  )
}
