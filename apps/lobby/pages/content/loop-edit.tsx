/** One loop: what runs in it, where and when. It holds as soon as it is saved: everything in it was agreed to before. */
import { ArrowLeft } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { NewPlaylist } from '#protocol/content.ts'
import type { Library, PlaylistTold } from '#protocol/desk/content-routes.ts'
import { Field } from '../../../ui/field.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Stepper } from '../../../ui/stepper.tsx'
import { useSay, useTitle, useTongue } from '../../../ui/words.ts'
import { go } from '../../frame/router.ts'
import { askHub } from '../../live/ask-hub.ts'
import content from './content.module.css'
import { DropButton } from './drop-button.tsx'
import { EditBar } from './edit-bar.tsx'
import { Entries } from './entries.tsx'
import styles from './form.module.css'
import { formWords } from './form-words.ts'
import { runsTroubles, type Troubles } from './model/campaign-form.ts'
import { newName, randomPart } from './model/names.ts'
import { newPlaylistForm, PlaylistForm, playlistFormOf, playlistIn, switched } from './model/playlist-form.ts'
import { runsIn } from './model/runs-form.ts'
import { saidInLoop } from './model/sentence.ts'
import { More } from './more.tsx'
import { useTell } from './notice.tsx'
import { OvertakenNote } from './overtaken.tsx'
import { loopsPath } from './paths.ts'
import { DaysFields, HoursFields } from './runs-fields.tsx'
import { useDoing } from './use-doing.ts'
import { useEdited } from './use-edited.ts'
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

const useLoop = ({ library, playlist, name, today, again }: LoopEditProps) => {
  const tongue = useTongue()
  const there = useMemo(
    () =>
      playlist && {
        id: playlist.id,
        revision: playlist.revision,
        form: playlistFormOf(playlist, tongue),
      },
    [playlist, tongue],
  )
  const fresh = useMemo(() => ({ id: newName('', randomPart()), revision: 0, form: newPlaylistForm }), [])
  const here = useEdited({ key: `loop.${name}`, shape: PlaylistForm, there, fresh })
  const { form, id, revision } = here.edited
  const doing = useDoing(again)
  const asked = (): NewPlaylist =>
    playlistIn(form, {
      playlist: id,
      title: { ...playlist?.title, [tongue]: form.title.trim() },
      revision,
    })
  const troubles = runsTroubles(form.runs, today)
  const isNameless = form.title.trim() === ''
  const wrong = Object.keys(troubles).length + Number(isNameless)
  const said = saidInLoop(
    { zones: form.zones, runs: runsIn(form.runs), showForMs: null },
    library.zones,
    tongue,
  )
  return { here, form, doing, asked, troubles, isNameless, wrong, said }
}

const useActs = ({ playlist }: LoopEditProps, { here, doing, asked, wrong }: ReturnType<typeof useLoop>) => {
  const say = useSay()
  const titleOf = useTitle()
  const tell = useTell()
  const [isAsked, setAsked] = useState(false)
  const save = async () => {
    setAsked(true)
    if (wrong > 0 || !(await doing.run(() => askHub('setPlaylist', asked())))) return
    here.forget()
    tell({ at: loopsPath, words: say(contentWords.saved) })
    go(loopsPath)
  }
  const drop = async (there: PlaylistTold) => {
    const { id, revision, on } = there
    if (!(await doing.run(() => askHub('dropPlaylist', { playlist: id, revision })))) return
    here.forget()
    tell({
      at: loopsPath,
      words: say(contentWords.dropped, { title: titleOf(there.title, id) }),
      undo: () => askHub('setPlaylist', { ...switched(there, on), revision: 0 }),
    })
    go(loopsPath)
  }
  return { isAsked, save, drop: playlist && (() => void drop(playlist)) }
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

export const LoopEdit = (props: LoopEditProps) => {
  const { library, today, playlist } = props
  const say = useSay()
  const titleOf = useTitle()
  const tongue = useTongue()
  const at = useLoop(props)
  const { here, form, doing, troubles, isNameless, wrong, said } = at
  const { isAsked, save, drop } = useActs(props, at)
  const shown = isAsked ? troubles : {}
  const title = playlist === undefined ? say(contentWords.newPlaylist) : titleOf(playlist.title, playlist.id)
  const set = (change: Partial<PlaylistForm>) => here.set({ ...form, ...change })
  return (
    <>
      <header className={content.head}>
        <IconButton
          label={say(contentWords.playlists)}
          icon={<ArrowLeft aria-hidden />}
          onPress={() => go(loopsPath)}
        />
        <h1>{title}</h1>
        {drop !== undefined && <DropButton title={title} isDisabled={doing.isBusy} onDrop={drop} />}
      </header>
      <OvertakenNote
        here={here}
        who={playlist?.setByTitle}
        now={playlist && saidInLoop({ ...playlist, showForMs: null }, library.zones, tongue)}
      />
      <section className={styles.part} aria-labelledby="content-entries">
        <Field
          label={say(formWords.titleOf)}
          value={form.title}
          onChange={(next) => set({ title: next })}
          maxLength={80}
          trouble={isAsked && isNameless ? say(formWords['trouble.name-missing']) : undefined}
        />
        <h2 id="content-entries">{say(contentWords.entries)}</h2>
        <Entries
          library={library}
          today={today}
          entries={form.entries}
          onChange={(entries) => set({ entries })}
        />
      </section>
      <WhereFields library={library} form={form} set={set} troubles={shown} />
      <EditBar
        said={said}
        doing={doing}
        isChanged={here.isChanged}
        isHeld={here.overtaken !== undefined}
        wrong={isAsked ? wrong : 0}
        onSave={() => void save()}
        onDiscard={here.forget}
      />
    </>
  )
}
