/** What the next shift has to know: everything that is not as it should be when this one ends. */
import { useFormat } from '../../../ui/format.ts'
import { healthWords, linkWords, willingWords } from '../../../ui/state-words.ts'
import { useSay } from '../../../ui/words.ts'
import { useBranch, useTable } from '../../live/use-live.ts'
import { useSaid } from '../../said/use-said.ts'
import { dayWords } from './words.ts'

const useAlertLines = (): string[] => {
  const say = useSay()
  const said = useSaid()
  const { clock } = useFormat()
  return useTable('alerts')
    .filter(({ clearedAt }) => clearedAt === null)
    .map((alert) => {
      const what = said.alert(alert).title
      if (alert.shelved !== null)
        return say(dayWords.shelvedAlert, { what, until: clock(alert.shelved.until) })
      if (alert.claimedBy === null) return say(dayWords.openAlert, { what })
      return say(dayWords.openAlertBy, { what, who: said.names.person(alert.claimedBy) })
    })
}

const useDeviceLines = (): string[] => {
  const say = useSay()
  const { names } = useSaid()
  return useTable('devices').flatMap((device) => {
    const { id, link, health, willingness, willingnessBy } = device
    const states = [
      ...(link === 'online' || link === 'unknown' ? [] : [say(linkWords[link])]),
      ...(health === 'ok' ? [] : [say(healthWords[health])]),
      ...(willingness === 'open'
        ? []
        : [
            say(willingWords[willingness], {
              who: willingnessBy === null ? '' : names.person(willingnessBy),
            }),
          ]),
    ]
    if (states.length === 0) return []
    return [say(dayWords.deviceOut, { device: names.of('device', id), state: states.join(' · ') })]
  })
}

const useAutomationLines = (): string[] => {
  const say = useSay()
  const said = useSaid()
  const { clock } = useFormat()
  const branch = useBranch()
  const flows = useTable('flows')
  const paused = branch?.paused ?? null
  return [
    ...(branch?.stopped == null ? [] : [say(dayWords.stopped)]),
    ...(paused === null
      ? []
      : [
          paused.until === null
            ? say(dayWords.paused)
            : say(dayWords.pausedUntil, { until: clock(paused.until) }),
        ]),
    ...flows
      .filter(({ autonomy }) => autonomy === 'off')
      .map(({ id }) => say(dayWords.flowOff, { flow: said.flow(id) })),
  ]
}

export interface HandOver {
  readonly lines: readonly string[]
  /** By name. */
  readonly onDuty: readonly string[]
}

export const useHandOver = (): HandOver => {
  const say = useSay()
  const { names } = useSaid()
  const alerts = useAlertLines()
  const devices = useDeviceLines()
  const automation = useAutomationLines()
  const open = useTable('tasks').filter(({ endedAt }) => endedAt === null).length
  const people = useTable('people').filter(({ onDuty }) => onDuty)
  return {
    lines: [
      ...automation,
      ...alerts,
      ...devices,
      ...(open === 0 ? [] : [say(dayWords.openTasks, { count: open })]),
    ],
    onDuty: people.map(({ id }) => names.person(id)),
  }
}
