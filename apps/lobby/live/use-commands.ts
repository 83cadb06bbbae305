/** Acting: a command is sent, and its life is shown where it was pressed. */
import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { type DeskCommand, type DeskCommandName, deskCommands } from '#protocol/desk/live/commands.ts'
import { admits } from '#protocol/desk/route.ts'
import { type Tongue, useTongue } from '../../ui/words.ts'
import { useLive } from './context.ts'
import { type CommandLife, nameOfKey } from './lives.ts'
import { sameUnderWay } from './send-once.ts'
import { worded } from './worded.ts'

export type { CommandLife } from './lives.ts'

export const useSend = (): ((command: DeskCommand) => CommandLife) => {
  const { outbox } = useLive()
  return useCallback((command) => outbox.send(command), [outbox])
}

/** For a button that is about one thing: pressed again while that is under way, it sends nothing more. */
export const useSendOnce = (): ((command: DeskCommand) => CommandLife) => {
  const { outbox } = useLive()
  return useCallback((command) => sameUnderWay(outbox.lives(), command) ?? outbox.send(command), [outbox])
}

/** Each in its own words where it failed; the others as they are, so that nothing is drawn anew for them. */
const inWords = (life: CommandLife, tongue: Tongue): CommandLife =>
  life.error === undefined ? life : { ...life, error: worded(life.error, tongue) }

/** Newest last; those that ended go after a while. */
export const useLives = (filter?: (life: CommandLife) => boolean): readonly CommandLife[] => {
  const { outbox } = useLive()
  const subscribe = useCallback((tell: () => void) => outbox.subscribe(tell), [outbox])
  const tongue = useTongue()
  const kept = useSyncExternalStore(subscribe, () => outbox.lives())
  const lives = useMemo(() => kept.map((life) => inWords(life, tongue)), [kept, tongue])
  return filter === undefined ? lives : lives.filter(filter)
}

export const useLastLife = (isMeant: (life: CommandLife) => boolean): CommandLife | undefined =>
  [...useLives()].reverse().find(isMeant)

/** What became of this very command: `useLife(life)` after `const life = send(…)`. */
export const useLife = (of: CommandLife | undefined): CommandLife | undefined => {
  const lives = useLives()
  return useMemo(() => {
    if (of === undefined) return undefined
    const name = nameOfKey(of.key)
    return lives.find((life) => nameOfKey(life.key) === name) ?? of
  }, [lives, of])
}

/** Whether who is signed in may give this command; the hub asks again. */
export const useMay = (): ((name: DeskCommandName) => boolean) => {
  const { me } = useLive()
  return (name) => admits(deskCommands[name].admits, me.roles)
}
