/** The call: who is in it, what is wrong with it, what one can do, what is written down, and the story beside it. */
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import type { CallMedia, CallView } from '../../call/port.ts'
import { useMe } from '../../lobby/live/use-live.ts'
import { classes } from '../../ui/classes.ts'
import { useSay } from '../../ui/words.ts'
import { TogetherPanel } from '../browse/together.tsx'
import { useTogether } from '../browse/use-together.ts'
import { useWhere } from '../desk/use-where.ts'
import { GuestBar } from '../guest/guest-bar.tsx'
import { isGuestIn } from '../model/guest.ts'
import { CallBanners } from './call-banners.tsx'
import { Controls } from './controls.tsx'
import styles from './in-call.module.css'
import { NotesPanel } from './notes.tsx'
import { SaleInCall, SaleToBegin } from './sale.tsx'
import { Story } from './story.tsx'
import { Tiles } from './tiles.tsx'
import { useMedia } from './use-media.ts'
import type { Notes } from './use-notes.ts'
import { callWords } from './words.ts'

interface StageProps {
  readonly call: LiveCall
  readonly notes: Notes
  readonly media: CallMedia
  readonly view: CallView
}

/** Only a kiosk has a page that can be looked at, and only by whoever has the call. */
const Stage = ({ call, notes, media, view }: StageProps) => {
  const me = useMe()
  const together = useTogether(media, view)
  const isLarge = call.document !== null || together.seen.sight === 'on'
  const isTogether = call.device !== null && view.over === null && !isGuestIn(call, me.name)
  return (
    <>
      {isTogether ? (
        <TogetherPanel call={call} notes={notes} {...together} />
      ) : (
        <GuestBar call={call} notes={notes} />
      )}
      <div className={classes(styles.stage, isLarge && styles.strip)}>
        <Tiles view={view} />
      </div>
    </>
  )
}

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
        {open === undefined ? (
          <>
            <GuestBar call={call} notes={notes} />
            <div className={styles.stage} />
          </>
        ) : (
          <Stage call={call} notes={notes} {...open} />
        )}
        <Controls call={call} notes={notes} media={open?.media} view={open?.view} />
      </div>
      <div className={styles.beside}>
        <SaleInCall call={call} />
        <SaleToBegin call={call} />
        <NotesPanel call={call} shared={notes} />
        <Story call={call} isNarrow />
      </div>
    </div>
  )
}
