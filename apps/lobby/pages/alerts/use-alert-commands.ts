/** What can be done with an alert, and what became of what was done last. */
import { useMemo } from 'react'
import { isUnderWay } from '../../live/send-once.ts'
import { type CommandLife, useLastLife, useLives, useSendOnce } from '../../live/use-commands.ts'

const aboutAlert = ({ command }: CommandLife): string | undefined =>
  command.name.startsWith('alert.') ? (command.params as { alert?: string }).alert : undefined

/** The last command about this alert; one that is done shows in the card itself. */
export const useAlertLife = (alert: string): CommandLife | undefined => {
  const life = useLastLife((one) => aboutAlert(one) === alert)
  return life?.state === 'done' ? undefined : life
}

/** Of these, whether any has something under way: until it is over nothing else is pressed there. */
export const useIsAlertBusy = (alerts: readonly string[]): boolean =>
  useLives((life) => alerts.includes(aboutAlert(life) ?? '') && isUnderWay(life)).length > 0

export interface AlertCommands {
  readonly claim: (alert: string) => void
  readonly release: (alert: string) => void
  readonly acknowledge: (alert: string) => void
  readonly unshelve: (alert: string) => void
  readonly resolve: (alert: string) => void
  readonly shelve: (alert: string, reason: string, forMs: number) => void
}

export const useAlertCommands = (): AlertCommands => {
  const send = useSendOnce()
  return useMemo(() => {
    const plain =
      (name: 'alert.claim' | 'alert.release' | 'alert.acknowledge' | 'alert.unshelve') => (alert: string) => {
        send({ name, params: { alert } })
      }
    return {
      claim: plain('alert.claim'),
      release: plain('alert.release'),
      acknowledge: plain('alert.acknowledge'),
      unshelve: plain('alert.unshelve'),
      resolve: (alert) => {
        send({ name: 'alert.resolve', params: { alert, note: null } })
      },
      shelve: (alert, reason, forMs) => {
        send({ name: 'alert.shelve', params: { alert, reason, forMs } })
      },
    }
  }, [send])
}
