/** For whom, where and when: as a campaign, in the loop, or not yet. */
import { useFormat } from '../../../ui/format.ts'
import { Segmented } from '../../../ui/segmented.tsx'
import { Stepper } from '../../../ui/stepper.tsx'
import { useSay, useTitle } from '../../../ui/words.ts'
import { CampaignFields } from './campaign-fields.tsx'
import styles from './form.module.css'
import { formWords } from './form-words.ts'
import { newPlaylist, ways } from './model/draft.ts'
import { secondsMax, secondsMin } from './model/playlist-form.ts'
import { More } from './more.tsx'
import { ChoiceField } from './native-field.tsx'
import { DaysFields, HoursFields } from './runs-fields.tsx'
import type { PartProps } from './what-part.tsx'
import { ZoneChips } from './zone-chips.tsx'

const NewLoopFields = (props: PartProps) => {
  const say = useSay()
  const { library, draft, set, troubles } = props
  const { zones, runs } = draft.loop
  const setLoop = (change: Partial<typeof draft.loop>) =>
    set((before) => ({ ...before, loop: { ...before.loop, ...change } }))
  return (
    <>
      <ZoneChips zones={library.zones} chosen={zones} onChange={(chosen) => setLoop({ zones: chosen })} />
      <HoursFields value={runs} onChange={(next) => setLoop({ runs: next })} troubles={troubles} />
      <More
        key={troubles.days}
        label={say(formWords.moreWhen)}
        isOpenAtFirst={runs.weekdays.length > 0 || runs.from !== '' || runs.to !== ''}
      >
        <DaysFields value={runs} onChange={(next) => setLoop({ runs: next })} troubles={troubles} />
      </More>
    </>
  )
}

const LoopFields = (props: PartProps) => {
  const say = useSay()
  const titleOf = useTitle()
  const { library, draft, set } = props
  const isVideo = draft.source === 'file' && draft.media?.type.startsWith('video/') === true
  return (
    <>
      <ChoiceField
        label={say(formWords.playlist)}
        value={draft.loop.playlist}
        onChange={(playlist) => set((before) => ({ ...before, loop: { ...before.loop, playlist } }))}
        options={[
          { id: newPlaylist, text: say(formWords.playlistNew) },
          ...library.playlists.map(({ id, title }) => ({ id, text: titleOf(title, id) })),
        ]}
      />
      {isVideo ? (
        <p className={styles.hint}>{say(formWords.secondsVideo)}</p>
      ) : (
        <div className={styles.narrow}>
          <Stepper
            label={say(formWords.seconds)}
            value={draft.loop.seconds}
            onChange={(seconds) => set((before) => ({ ...before, loop: { ...before.loop, seconds } }))}
            min={secondsMin}
            max={secondsMax}
            unit={say(formWords.second)}
          />
        </div>
      )}
      {draft.loop.playlist === newPlaylist && <NewLoopFields {...props} />}
    </>
  )
}

export const WherePart = (props: PartProps) => {
  const say = useSay()
  const { library, draft, set } = props
  const { percent } = useFormat()
  if (draft.mandatory !== null)
    return (
      <section className={styles.part} aria-labelledby="content-where">
        <h2 id="content-where">{say(formWords.whereWhen)}</h2>
        <p>{say(formWords.mandatoryWhere, { share: percent(library.mandatoryShare) })}</p>
      </section>
    )
  return (
    <section className={styles.part} aria-labelledby="content-where">
      <h2 id="content-where">{say(formWords.whereWhen)}</h2>
      <Segmented
        label={say(formWords.way)}
        options={ways.map((id) => ({ id, text: say(formWords[`way.${id}`]) }))}
        value={draft.way}
        onChange={(way) => set((before) => ({ ...before, way }))}
      />
      {draft.way === 'campaign' && (
        <CampaignFields
          library={library}
          value={draft.campaign}
          onChange={(campaign) => set((before) => ({ ...before, campaign }))}
          troubles={props.troubles}
        />
      )}
      {draft.way === 'loop' && <LoopFields {...props} />}
      {draft.way === 'later' && <p className={styles.hint}>{say(formWords.laterText)}</p>}
    </section>
  )
}
