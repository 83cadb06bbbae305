/** The call: who is in it, what is wrong with it, what one can do, what is written down, and the story beside it. */
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { useSay } from '../../ui/words.ts'
import { useWhere } from '../desk/use-where.ts'
import { CallBanners } from './call-banners.tsx'
import { Controls } from './controls.tsx'
import styles from './in-call.module.css'
import { NotesPanel } from './notes.tsx'
import { SaleInCall } from './sale.tsx'
import { Story } from './story.tsx'
import { Tiles } from './tiles.tsx'
import { useMedia } from './use-media.ts'
import type { Notes } from './use-notes.ts'
import { callWords } from './words.ts'

export const InCallView = ({ call, notes }: { call: LiveCall; notes: Notes }) => {
  const say = useSay()
  const whereOf = useWhere()
  const { inCall, again } = useMedia(call.id)
  const open = inCall.state === 'open' ? inCall : undefined
  return (
    <div className={styles.call}>
      <div className={styles.talk}>
        <h2 className="visually-hidden">{say(callWords.wrapUpOf, { where: whereOf(call) })}</h2>
        <CallBanners inCall={inCall} again={again} />
        <div className={styles.stage}>{open !== undefined && <Tiles view={open.view} />}</div>
        <Controls call={call} notes={notes} media={open?.media} view={open?.view} />
      </div>
      <div className={styles.beside}>
        <SaleInCall call={call} />
        <NotesPanel call={call} shared={notes} />
        <Story call={call} isNarrow />
      </div>
    </div>
  )
}
