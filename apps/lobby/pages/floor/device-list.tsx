/** All devices with their whole state in words, what wants somebody first: beside the plan, and instead of it. */
import { memo, useMemo, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { LiveDevice } from '#protocol/desk/live/lobby-rows.ts'
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'
import { Empty } from '../../../ui/empty.tsx'
import { StateMark } from '../../../ui/state-mark.tsx'
import { useSay } from '../../../ui/words.ts'
import { useHubWords } from '../../live/hub-words.ts'
import { useTable } from '../../live/use-live.ts'
import { type DeviceSaid, useDeviceSaid } from './device-said.ts'
import { kindIcons } from './kind-icons.ts'
import styles from './list.module.css'
import { rankOf, type Trouble, troublesOf } from './model/trouble.ts'
import type { Pick } from './pick.ts'
import { floorWords, kindWords, troubleWords } from './words.ts'

type Filter = 'all' | 'trouble' | LiveDevice['kind']

const fits = (device: LiveDevice, filter: Filter) =>
  filter === 'all' || (filter === 'trouble' ? troublesOf(device).length > 0 : device.kind === filter)

/** The marks of link and health do not say these. */
const withoutMark: ReadonlySet<Trouble> = new Set(['keep-clear', 'blocked', 'battery'])

interface RowProps {
  readonly device: LiveDevice
  readonly said: DeviceSaid
  readonly task: LiveTask | undefined
  readonly onPick: (pick: Pick) => void
}

/** What was said of it stays the same object until something else is to be said. */
const Row = memo(({ device, said, task, onPick }: RowProps) => {
  const say = useSay()
  const words = useHubWords()
  const Icon = kindIcons[device.kind]
  const unmarked = said.troubles.find((trouble) => withoutMark.has(trouble))
  return (
    <li>
      <AriaButton
        className={styles.row ?? ''}
        data-tone={said.tone}
        data-old={device.link !== 'online' || undefined}
        onPress={() => onPick({ kind: 'device', id: device.id })}
      >
        <span className="visually-hidden">{said.label}</span>
        <Icon className={styles.icon} aria-hidden size={22} />
        <span className={styles.text} aria-hidden="true">
          <span className={styles.name}>{said.title}</span>
          <span className={styles.state}>
            <StateMark of={device} holder={said.holder} />
            {unmarked !== undefined && <span className={styles.short}>{say(troubleWords[unmarked])}</span>}
            {task !== undefined && (
              <span className={styles.short}>{words.word('capabilities', task.capability)}</span>
            )}
          </span>
        </span>
      </AriaButton>
    </li>
  )
})

interface Choice {
  readonly id: Filter
  readonly text: string
}

const useChoices = (devices: readonly LiveDevice[]): readonly Choice[] => {
  const say = useSay()
  const troubled = devices.filter((device) => troublesOf(device).length > 0).length
  const kinds = [...new Set(devices.map(({ kind }) => kind))]
  const ofKind = kinds.map((kind): Choice => {
    const count = devices.filter((device) => device.kind === kind).length
    return { id: kind, text: say(floorWords.kindCount, { kind: say(kindWords[kind]), count }) }
  })
  return [
    { id: 'all', text: say(floorWords.all, { count: devices.length }) },
    { id: 'trouble', text: say(floorWords.troubled, { count: troubled }) },
    ...(kinds.length > 1 ? ofKind : []),
  ]
}

export interface DeviceListProps {
  readonly work: ReadonlyMap<string, LiveTask>
  readonly onPick: (pick: Pick) => void
}

export const DeviceList = memo(({ work, onPick }: DeviceListProps) => {
  const say = useSay()
  const devices = useTable('devices')
  const said = useDeviceSaid()
  const [filter, setFilter] = useState<Filter>('all')
  const choices = useChoices(devices)
  const shown = useMemo(
    () =>
      devices
        .filter((device) => fits(device, filter))
        .sort((a, b) => rankOf(a) - rankOf(b) || (a.id < b.id ? -1 : 1)),
    [devices, filter],
  )
  if (devices.length === 0)
    return <Empty title={say(floorWords.noDevices)} text={say(floorWords.noDevicesText)} />
  return (
    <div className={styles.list}>
      <label className={styles.filter}>
        <span className="visually-hidden">{say(floorWords.filter)}</span>
        <select value={filter} onChange={(event) => setFilter(event.target.value as Filter)}>
          {choices.map(({ id, text }) => (
            <option key={id} value={id}>
              {text}
            </option>
          ))}
        </select>
      </label>
      {shown.length === 0 && <Empty title={say(floorWords.noneSuch)} />}
      <ul className={styles.rows}>
        {shown.map((device) => {
          const task = work.get(device.id)
          return <Row key={device.id} device={device} said={said(device, task)} task={task} onPick={onPick} />
        })}
      </ul>
    </div>
  )
})
