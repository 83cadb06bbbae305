/** The sheet of whatever is picked on the floor. */
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'
import { Empty } from '../../../../ui/empty.tsx'
import { Sheet } from '../../../../ui/sheet.tsx'
import { useSay, useTitle } from '../../../../ui/words.ts'
import { useRow, useTable } from '../../../live/use-live.ts'
import type { Pick } from '../pick.ts'
import { DeviceSheet } from './device-sheet.tsx'
import { Gone } from './gone.tsx'
import { VisitSheet } from './visit-sheet.tsx'
import { sheetWords } from './words.ts'
import { ZoneSheet } from './zone-sheet.tsx'

/** A person on the plan is a visit once the hub made one of him. */
const usePickedVisit = (picked: Pick | undefined) => {
  const visits = useTable('visits')
  if (picked?.kind === 'visit') return visits.find(({ id }) => id === picked.id)
  if (picked?.kind === 'track') return visits.find(({ tracks }) => tracks.includes(picked.id))
  return undefined
}

const idIf = (picked: Pick | undefined, kind: Pick['kind']) => (picked?.kind === kind ? picked.id : undefined)

export interface PickedProps {
  readonly picked: Pick | undefined
  readonly work: ReadonlyMap<string, LiveTask>
  readonly onClose: () => void
  readonly onPick: (pick: Pick) => void
}

export const Picked = ({ picked, work, onClose, onPick }: PickedProps) => {
  const say = useSay()
  const titleOf = useTitle()
  const device = useRow('devices', idIf(picked, 'device'))
  const zone = useRow('zones', idIf(picked, 'zone'))
  const visit = usePickedVisit(picked)
  const title =
    device !== undefined
      ? titleOf(device.title, device.id)
      : zone !== undefined
        ? titleOf(zone.title, zone.id)
        : visit !== undefined
          ? [say(sheetWords.visitor), ...visit.tickets].join(' ')
          : say(picked?.kind === 'track' ? sheetWords.unknownPerson : sheetWords.gone)
  const isGone = device === undefined && zone === undefined && visit === undefined && picked?.kind !== 'track'
  return (
    <Sheet title={title} isOpen={picked !== undefined} onClose={onClose}>
      {device !== undefined && <DeviceSheet key={device.id} id={device.id} task={work.get(device.id)} />}
      {zone !== undefined && <ZoneSheet key={zone.id} zone={zone} onPick={onPick} />}
      {visit !== undefined && <VisitSheet key={visit.id} visit={visit} />}
      {picked?.kind === 'track' && visit === undefined && (
        <Empty title={say(sheetWords.unknownPerson)} text={say(sheetWords.unknownPersonText)} />
      )}
      {isGone && picked !== undefined && <Gone />}
    </Sheet>
  )
}
