/** What runs in a loop, in its order: moved by the handle, or step by step by its buttons. */
import { ArrowDown, ArrowUp, GripVertical, X } from 'lucide-react'
import { type PointerEvent, useRef, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { classes } from '../../../ui/classes.ts'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Stepper } from '../../../ui/stepper.tsx'
import { useSay, useTitle } from '../../../ui/words.ts'
import content from './content.module.css'
import styles from './entries.module.css'
import {
  entriesMax,
  entryKeys,
  moved,
  type PlaylistForm,
  placeAt,
  secondsMax,
  secondsMin,
  secondsUsual,
} from './model/playlist-form.ts'
import type { Library } from './model/shown-on.ts'
import { faceOf, standingOf } from './model/standing.ts'
import { ChoiceField } from './native-field.tsx'
import { ScreenLook } from './screen-look.tsx'
import { contentWords } from './words.ts'

type Entry = PlaylistForm['entries'][number]

export interface EntriesProps {
  readonly library: Library
  readonly today: string
  readonly entries: readonly Entry[]
  readonly onChange: (entries: Entry[]) => void
}

/** Drawn where it would go, and moved when it is let go: nothing jumps under the finger. */
const useDrag = (onMove: (from: number, to: number) => void) => {
  const list = useRef<HTMLOListElement>(null)
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number }>()
  const toAt = (y: number) => {
    const rows = [...(list.current?.children ?? [])].map((row) => row.getBoundingClientRect())
    return placeAt(
      rows.filter((_, index) => index !== drag?.from).map(({ top, height }) => top + height / 2),
      y,
    )
  }
  const handle = (from: number) => ({
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return
      event.preventDefault()
      event.currentTarget.setPointerCapture(event.pointerId)
      setDrag({ from, to: from })
    },
    onPointerMove: ({ clientY }: PointerEvent) => {
      if (drag !== undefined) setDrag({ from, to: toAt(clientY) })
    },
    onPointerUp: () => {
      if (drag !== undefined) onMove(drag.from, drag.to)
      setDrag(undefined)
    },
    onPointerCancel: () => setDrag(undefined),
  })
  return { list, drag, handle }
}

interface ActsProps extends Pick<EntriesProps, 'entries' | 'onChange'> {
  readonly title: string
  readonly index: number
  readonly onMove: (from: number, to: number) => void
}

/** None of them is switched off at an end: the focus would be lost where it was just used. */
const Acts = ({ title, index, entries, onChange, onMove }: ActsProps) => {
  const say = useSay()
  return (
    <span className={styles.entryActs}>
      <IconButton
        label={say(contentWords.up, { title })}
        icon={<ArrowUp aria-hidden />}
        onPress={() => onMove(index, index - 1)}
      />
      <IconButton
        label={say(contentWords.down, { title })}
        icon={<ArrowDown aria-hidden />}
        onPress={() => onMove(index, index + 1)}
      />
      <IconButton
        label={say(contentWords.removeEntry, { title })}
        icon={<X aria-hidden />}
        onPress={() => onChange(entries.filter((_, at) => at !== index))}
      />
    </span>
  )
}

interface RowProps extends EntriesProps {
  readonly index: number
  readonly entry: Entry
  readonly handle: ReturnType<ReturnType<typeof useDrag>['handle']>
  readonly mark: string | false | undefined
  readonly onMove: (from: number, to: number) => void
}

const Row = ({ library, today, entries, onChange, index, entry, handle, mark, onMove }: RowProps) => {
  const say = useSay()
  const titleOf = useTitle()
  const item = library.items.find(({ id }) => id === entry.item)
  const title = item === undefined ? entry.item : titleOf(item.title, item.id)
  const face = item && faceOf(item)
  const standing = item && standingOf(item, today)
  return (
    <li className={classes(styles.entry, mark)} data-entry={entry.item}>
      <span aria-hidden className={styles.handle} title={say(contentWords.drag)} {...handle}>
        <GripVertical />
      </span>
      <div aria-hidden className={styles.entryStill}>
        {face !== undefined && <ScreenLook of={face} title="" languages={library.languages} />}
      </div>
      <span className={styles.entryWords}>
        <strong>{title}</strong>
        {standing !== 'in-force' && (
          <span className={content.soft}>
            {say(contentWords.entryNotShown, {
              why: say(standing === undefined ? contentWords.gone : contentWords[`standing.${standing}`]),
            })}
          </span>
        )}
      </span>
      <span className={styles.entrySeconds}>
        {face?.media?.type.startsWith('video/') !== true && (
          <Stepper
            label={say(contentWords.secondsOf, { title })}
            isBare
            value={entry.seconds}
            onChange={(seconds) =>
              onChange(entries.map((one, at) => (at === index ? { ...one, seconds } : one)))
            }
            min={secondsMin}
            max={secondsMax}
            unit={say(contentWords.second)}
          />
        )}
      </span>
      <Acts title={title} index={index} entries={entries} onChange={onChange} onMove={onMove} />
    </li>
  )
}

const AddEntry = ({ library, entries, onChange }: EntriesProps) => {
  const say = useSay()
  const titleOf = useTitle()
  const [chosen, choose] = useState('')
  const offered = library.items.filter(({ id }) => entries.every(({ item }) => item !== id))
  const add = () => {
    onChange([...entries, { item: chosen, seconds: secondsUsual }])
    choose('')
  }
  if (offered.length === 0 || entries.length >= entriesMax) return null
  return (
    <div className={styles.addEntry}>
      <ChoiceField
        label={say(contentWords.addEntry)}
        value={chosen}
        onChange={choose}
        options={[
          { id: '', text: say(contentWords.chooseItem) },
          ...offered.map(({ id, title }) => ({ id, text: titleOf(title, id) })),
        ]}
      />
      <Button isDisabled={chosen === ''} onPress={add}>
        {say(contentWords.addEntry)}
      </Button>
    </div>
  )
}

export const Entries = (props: EntriesProps) => {
  const say = useSay()
  const titleOf = useTitle()
  const { library, entries, onChange } = props
  const [told, tell] = useState('')
  const move = (from: number, to: number) => {
    const next = moved(entries, from, to)
    const item = library.items.find(({ id }) => id === entries[from]?.item)
    const place = next.findIndex((one) => one === entries[from]) + 1
    onChange([...next])
    tell(say(contentWords.movedTo, { title: titleOf(item?.title ?? {}, entries[from]?.item), place }))
  }
  const { list, drag, handle } = useDrag(move)
  const keys = entryKeys(entries)
  const markOf = (index: number) => {
    if (drag === undefined) return undefined
    if (index === drag.from) return styles.isDragged
    return (
      index === drag.to && drag.to !== drag.from && (drag.to < drag.from ? styles.isBefore : styles.isAfter)
    )
  }
  return (
    <>
      {entries.length === 0 && (
        <p className={content.soft}>
          {say(library.items.length === 0 ? contentWords.entriesFirst : contentWords.entriesNone)}
        </p>
      )}
      <ol ref={list} className={content.list} hidden={entries.length === 0}>
        {entries.map((entry, index) => (
          <Row
            key={keys[index]}
            {...props}
            index={index}
            entry={entry}
            handle={handle(index)}
            mark={markOf(index)}
            onMove={move}
          />
        ))}
      </ol>
      <output className="visually-hidden">{told}</output>
      <AddEntry {...props} />
    </>
  )
}
