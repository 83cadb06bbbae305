/** One loop: what runs in it, where and when. It holds as soon as it is saved: everything in it was agreed to before. */
import type { NewPlaylist } from '#protocol/content.ts'
import type { PlaylistTold } from '#protocol/desk/content-routes.ts'
import { Field } from '../../../ui/field.tsx'
import { Stepper } from '../../../ui/stepper.tsx'
import { useSay, useTitle, useTongue } from '../../../ui/words.ts'
import { askHub } from '../../live/ask-hub.ts'
import { EditPage } from './edit-page.tsx'
import { Entries } from './entries.tsx'
import styles from './form.module.css'
import { formWords } from './form-words.ts'
import { runsTroubles, type Troubles } from './model/campaign-form.ts'
import type { Edited } from './model/edited.ts'
import { newName, randomPart } from './model/names.ts'
import { newPlaylistForm, PlaylistForm, playlistFormOf, playlistIn } from './model/playlist-form.ts'
import { runsIn } from './model/runs-form.ts'
import { type InLoop, saidInLoop } from './model/sentence.ts'
import type { Library } from './model/shown-on.ts'
import { More } from './more.tsx'
import { loopsPath } from './paths.ts'
import { DaysFields, HoursFields } from './runs-fields.tsx'
import { useEditing } from './use-editing.ts'
import { contentWords } from './words.ts'
import { ZoneChips } from './zone-chips.tsx'

interface LoopEditProps {
  readonly library: Library
  readonly today: string
  /** undefined: a new one, or one that somebody deleted meanwhile. */
  readonly playlist: PlaylistTold | undefined
  /** Of the address. */
  readonly name: string
  readonly again: () => void
}

const useLoop = (
  { library, playlist, name, again }: LoopEditProps,
  wrongIn: (form: PlaylistForm) => number,
) => {
  const tongue = useTongue()
  const asked = ({ id, revision, form }: Edited<PlaylistForm>): NewPlaylist =>
    playlistIn(form, {
      playlist: id,
      title: { ...playlist?.title, [tongue]: form.title.trim() },
      revision,
    })
  return useEditing({
    library,
    again,
    name,
    key: 'loop',
    list: loopsPath,
    shape: PlaylistForm,
    fresh: () => ({ id: newName('', randomPart()), revision: 0, form: newPlaylistForm }),
    thereIn: ({ playlists }, id) => {
      const there = playlists.find((one) => one.id === id)
      return there && { id, revision: there.revision, form: playlistFormOf(there, tongue) }
    },
    wrongIn,
    asked,
    put: (edited) => askHub('setPlaylist', asked(edited)),
    drop: ({ id, revision }) => askHub('dropPlaylist', { playlist: id, revision }),
  })
}

interface WhereFieldsProps {
  readonly library: Library
  readonly form: PlaylistForm
  readonly set: (change: Partial<PlaylistForm>) => void
  readonly troubles: Troubles
}

const WhereFields = ({ library, form, set, troubles }: WhereFieldsProps) => {
  const say = useSay()
  return (
    <section className={styles.part} aria-labelledby="content-where">
      <h2 id="content-where">{say(contentWords.where)}</h2>
      <ZoneChips zones={library.zones} chosen={form.zones} onChange={(zones) => set({ zones })} />
      <HoursFields value={form.runs} onChange={(runs) => set({ runs })} troubles={troubles} />
      <More
        key={troubles.days}
        label={say(formWords.more)}
        isOpenAtFirst={form.runs.weekdays.length > 0 || form.runs.from !== '' || form.runs.to !== ''}
      >
        <DaysFields value={form.runs} onChange={(runs) => set({ runs })} troubles={troubles} />
        <div className={styles.narrow}>
          <Stepper
            label={say(formWords.priority)}
            value={form.priority}
            onChange={(priority) => set({ priority })}
            min={0}
            max={9}
          />
          <span className={styles.hint}>{say(formWords.loopPriorityHint)}</span>
        </div>
      </More>
    </section>
  )
}

const isNameless = ({ title }: PlaylistForm) => title.trim() === ''

export const LoopEdit = (props: LoopEditProps) => {
  const { library, today, playlist } = props
  const say = useSay()
  const titleOf = useTitle()
  const tongue = useTongue()
  const wrongIn = (form: PlaylistForm) =>
    Object.keys(runsTroubles(form.runs, today)).length + Number(isNameless(form))
  const at = useLoop(props, wrongIn)
  const { here, isAsked } = at
  const { form } = here.edited
  const set = (change: Partial<PlaylistForm>) => here.set({ ...form, ...change })
  const saidOf = (of: Pick<InLoop, 'zones' | 'runs'>) =>
    saidInLoop({ ...of, showForMs: null }, library.zones, tongue)
  return (
    <EditPage
      at={at}
      list={{ path: loopsPath, word: 'playlists' }}
      title={playlist === undefined ? say(contentWords.newPlaylist) : titleOf(playlist.title, playlist.id)}
      who={playlist?.setByTitle}
      now={playlist && saidOf(playlist)}
      said={saidOf({ zones: form.zones, runs: runsIn(form.runs) })}
      wrong={wrongIn(form)}
    >
      <section className={styles.part} aria-labelledby="content-entries">
        <Field
          label={say(formWords.titleOf)}
          value={form.title}
          onChange={(title) => set({ title })}
          maxLength={80}
          trouble={isAsked && isNameless(form) ? say(formWords['trouble.name-missing']) : undefined}
        />
        <h2 id="content-entries">{say(contentWords.entries)}</h2>
        <Entries
          library={library}
          today={today}
          entries={form.entries}
          onChange={(entries) => set({ entries })}
        />
      </section>
      <WhereFields
        library={library}
        form={form}
        set={set}
        troubles={isAsked ? runsTroubles(form.runs, today) : {}}
      />
    </EditPage>
  )
}
