/** From a file to the screens on one page: what it is, for whom, where and when, and one button at the end. */
import { ArrowLeft } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Media } from '#protocol/content.ts'
import type { ItemTold } from '#protocol/desk/content-routes.ts'
import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { useSay, useTitle } from '../../../ui/words.ts'
import { go } from '../../frame/router.ts'
import { useMe } from '../../live/use-live.ts'
import content from './content.module.css'
import styles from './form.module.css'
import { formWords } from './form-words.ts'
import { LookWithLanguages } from './look-with-languages.tsx'
import { Draft, draftOfItem, newDraft, troublesOf, wordsIn } from './model/draft.ts'
import { titleOfFile } from './model/names.ts'
import type { Library } from './model/shown-on.ts'
import { faceOf } from './model/standing.ts'
import { itemPath, libraryPath } from './paths.ts'
import { Sent } from './sent.tsx'
import { SubmitBar } from './submit-bar.tsx'
import { useDelivery } from './use-delivery.ts'
import { useDoing } from './use-doing.ts'
import { type Kept, useKept } from './use-kept.ts'
import { useSending } from './use-sending.ts'
import { WhatPart } from './what-part.tsx'
import { WherePart } from './where-part.tsx'
import { contentWords } from './words.ts'

interface AddProps {
  readonly library: Library
  readonly today: string
  /** Of which it is one more version. */
  readonly item: ItemTold | undefined
  readonly again: () => void
}

const useDraft = ({ item, today }: AddProps): Kept<Draft> => {
  const { name } = useMe()
  const titleOf = useTitle()
  // Once: what somebody else adds meanwhile is not put into what is being typed.
  const [begin] = useState(() => {
    if (item === undefined) return newDraft(today)
    const { id, mandatory } = item
    return draftOfItem({ id, title: titleOf(item.title, id), mandatory, version: faceOf(item) }, today)
  })
  return useKept(`${name}.${item === undefined ? 'add' : `version.${item.id}`}`, Draft, begin)
}

const taken = (draft: Draft, media: Media, name: string): Draft => ({
  ...draft,
  media,
  fileName: name,
  title: draft.title.trim() === '' ? titleOfFile(name) : draft.title,
})

const Head = ({ item }: Pick<AddProps, 'item'>) => {
  const say = useSay()
  const titleOf = useTitle()
  return (
    <header className={content.head}>
      <IconButton
        label={say(contentWords.toLibrary)}
        icon={<ArrowLeft aria-hidden />}
        onPress={() => go(item === undefined ? libraryPath : itemPath(item.id))}
      />
      <h1>
        {item === undefined
          ? say(formWords.addTitle)
          : say(formWords.versionTitle, { title: titleOf(item.title, item.id) })}
      </h1>
    </header>
  )
}

/** The first field that is wrong is where the hand is wanted. */
const toFirstWrong = (form: HTMLElement | null) => {
  requestAnimationFrame(() => {
    const wrong = form?.querySelector<HTMLElement>('[aria-invalid=true], [data-wrong]')
    wrong?.scrollIntoView({ block: 'center' })
    wrong?.focus({ preventScroll: true })
  })
}

const useAdding = (props: AddProps) => {
  const { library, today, again } = props
  const kept = useDraft(props)
  const { value: draft, set } = kept
  const [isAsked, setAsked] = useState(false)
  // Asked for while the file is on its way: it goes as soon as that is there.
  const [isDue, setDue] = useState(false)
  const [sent, setSent] = useState<Draft>()
  const doing = useDoing(again)
  const form = useRef<HTMLDivElement>(null)
  const sending = useSending(useCallback((media, name) => set((before) => taken(before, media, name)), [set]))
  // What is typed meanwhile stays.
  const send = useDelivery(
    useCallback(({ item, tried, added }) => set((before) => ({ ...before, item, tried, added })), [set]),
  )
  const isFileComing = draft.source === 'file' && sending.life?.state === 'sending'
  const troubles = troublesOf(draft, today, isFileComing)
  const submit = async () => {
    const isWrong = Object.keys(troubles).length > 0
    setAsked(true)
    setDue(!isWrong && isFileComing)
    if (isWrong) return toFirstWrong(form.current)
    if (isFileComing) return
    const isDone = await doing.run(async () => setSent(await send(draft)))
    if (!isDone) return
    setAsked(false)
    kept.forget()
  }
  const submitNow = useRef(submit)
  useEffect(() => {
    submitNow.current = submit
  })
  const isDueNow = isDue && !isFileComing
  useEffect(() => {
    if (isDueNow) void submitNow.current()
  }, [isDueNow])
  const isBusy = doing.isBusy || isDue
  return { library, draft, kept, set, sending, doing, isBusy, form, sent, setSent, troubles, isAsked, submit }
}

export type Adding = ReturnType<typeof useAdding>

export const Add = (props: AddProps) => {
  const say = useSay()
  const at = useAdding(props)
  const { library, draft, set, sending, form, sent, troubles, isAsked } = at
  if (sent !== undefined)
    return <Sent draft={sent} library={library} onAnother={() => at.setSent(undefined)} />
  const shown = {
    media: draft.source === 'file' ? draft.media : null,
    template: draft.source === 'template' ? draft.template : null,
    words: wordsIn(draft.words),
  }
  const part = { library, draft, set, troubles: isAsked ? troubles : {} }
  return (
    <>
      <Head item={props.item} />
      <div ref={form} className={styles.form}>
        <div className={styles.parts}>
          {draft.added === null && <WhatPart {...part} sending={sending} />}
          {draft.isNew && <WherePart {...part} />}
        </div>
        <aside className={styles.aside}>
          <LookWithLanguages of={shown} title={draft.title} languages={library.languages} />
          {at.kept.isKept && draft.added === null && (
            <Button kind="quiet" onPress={at.kept.forget}>
              {say(formWords.clear)}
            </Button>
          )}
        </aside>
      </div>
      <SubmitBar at={at} />
    </>
  )
}
