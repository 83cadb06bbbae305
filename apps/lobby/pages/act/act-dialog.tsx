/** Acting by hand: what, for whom and where, who would do it, send — and then what becomes of it. */
import { ArrowLeft, Star } from 'lucide-react'
import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { Ask, Askable } from '#protocol/desk/live/ask.ts'
import { Button } from '../../../ui/button.tsx'
import { classes } from '../../../ui/classes.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { useSay } from '../../../ui/words.ts'
import { type CommandLife, useSend } from '../../live/use-commands.ts'
import { CapabilityIcon } from '../work/capability-icon.tsx'
import styles from './act.module.css'
import { isFavourite } from './favourites.ts'
import { askOf, type Draft, draftOf, forms, kindsFor, put, type Slot } from './forms.ts'
import { Pick } from './pick.tsx'
import type { ActPrefill } from './prefill.ts'
import { Sent } from './sent.tsx'
import { useSummary } from './summary.ts'
import { NoteField, ReasonField, TimeField, WordsFields } from './typed.tsx'
import { useDryRun } from './use-dry-run.ts'
import { type Favourites, useFavourites } from './use-favourites.ts'
import { Who } from './who.tsx'
import { actWords } from './words.ts'

interface KindsProps {
  readonly kinds: readonly Askable[]
  readonly favourites: readonly Ask[]
  readonly onKind: (what: Askable) => void
  readonly onFavourite: (ask: Ask) => void
}

const Kinds = ({ kinds, favourites, onKind, onFavourite }: KindsProps) => {
  const say = useSay()
  const summary = useSummary()
  const fitting = favourites.filter(({ what }) => kinds.includes(what))
  return (
    <div className={styles.form}>
      {fitting.length > 0 && (
        <section className={styles.slot}>
          <h3 className={styles.slotHead}>{say(actWords.favourites)}</h3>
          <div className={styles.options}>
            {fitting.map((ask) => (
              <AriaButton
                key={JSON.stringify(ask)}
                className={classes(styles.option)}
                onPress={() => onFavourite(ask)}
              >
                <Star aria-hidden size={20} />
                <span className={styles.strong}>{summary(ask)}</span>
              </AriaButton>
            ))}
          </div>
        </section>
      )}
      <div className={styles.kinds}>
        {kinds.map((what) => (
          <AriaButton key={what} className={classes(styles.kind)} onPress={() => onKind(what)}>
            <CapabilityIcon of={what} size={28} />
            {say(actWords[`what.${what}`])}
          </AriaButton>
        ))}
      </div>
    </div>
  )
}

interface FormProps {
  readonly draft: Draft
  readonly onDraft: (draft: Draft) => void
}

const SlotHere = ({ slot, draft, onDraft }: FormProps & { readonly slot: Slot }) => {
  const onPut = (patch: ActPrefill) => onDraft(put(draft, slot, patch))
  switch (slot) {
    case 'words':
      return <WordsFields draft={draft} onPut={onPut} />
    case 'forMs':
      return <TimeField draft={draft} onPut={onPut} />
    case 'beyondCap':
      return <ReasonField draft={draft} onPut={onPut} />
    case 'note':
      return <NoteField draft={draft} onPut={onPut} />
    default:
      return <Pick slot={slot} draft={draft} onPick={onPut} />
  }
}

const withMember = (draft: Draft, member: string | undefined): Draft => {
  const { member: _, ...left } = draft
  return member === undefined ? left : { ...left, member }
}

const Form = ({ draft, onDraft }: FormProps) => {
  const say = useSay()
  const ask = askOf(draft)
  const dry = useDryRun(draft.what === 'expert' ? undefined : ask)
  // Once it was asked for it stays, also while what is typed makes it possible.
  const isAsked = (slot: Slot) => slot !== 'beyondCap' || dry.isCapped || draft.beyondCap !== undefined
  return (
    <div className={styles.form}>
      {draft.what === 'expert' && <p>{say(actWords.expertText)}</p>}
      {forms[draft.what].slots.filter(isAsked).map((slot) => (
        <SlotHere key={slot} slot={slot} draft={draft} onDraft={onDraft} />
      ))}
      {draft.what !== 'expert' && ask !== undefined && (
        <Who draft={draft} dry={dry} onMember={(member) => onDraft(withMember(draft, member))} />
      )}
    </div>
  )
}

interface FooterProps {
  readonly draft: Draft
  readonly favourites: Favourites
  readonly onBack: (() => void) | undefined
  readonly onSend: (ask: Ask) => void
}

const Footer = ({ draft, favourites, onBack, onSend }: FooterProps) => {
  const say = useSay()
  const ask = askOf(draft)
  const isKept = ask !== undefined && isFavourite(favourites.list, ask)
  return (
    <>
      <Button
        kind="primary"
        isDisabled={ask === undefined}
        onPress={() => {
          if (ask !== undefined) onSend(ask)
        }}
      >
        {say(draft.what === 'expert' ? actWords.call : actWords.send)}
      </Button>
      {draft.what !== 'expert' && (
        <IconButton
          label={say(isKept ? actWords.unkeep : actWords.keep)}
          icon={<Star aria-hidden fill={isKept ? 'currentColor' : 'none'} />}
          isDisabled={ask === undefined}
          aria-pressed={isKept}
          onPress={() => {
            if (ask !== undefined) favourites.toggle(ask)
          }}
        />
      )}
      {onBack !== undefined && (
        <Button kind="quiet" icon={<ArrowLeft aria-hidden size={20} />} onPress={onBack}>
          {say(actWords.back)}
        </Button>
      )}
    </>
  )
}

export interface ActDialogProps {
  readonly prefill: ActPrefill
  readonly onClose: () => void
}

/** Made anew each time that it is opened. */
export const ActDialog = ({ prefill, onClose }: ActDialogProps) => {
  const say = useSay()
  const send = useSend()
  const summary = useSummary()
  const favourites = useFavourites()
  const [draft, setDraft] = useState(() => draftOf(prefill))
  const [given, setGiven] = useState<{ readonly life: CommandLife; readonly ask: Ask }>()
  const start = () => {
    setGiven(undefined)
    setDraft(draftOf(prefill))
  }
  const title = draft === undefined ? say(actWords.title) : say(actWords[`what.${draft.what}`])
  const footer = draft !== undefined && given === undefined && (
    <Footer
      draft={draft}
      favourites={favourites}
      onBack={prefill.what === undefined ? () => setDraft(undefined) : undefined}
      onSend={(ask) => setGiven({ ask, life: send({ name: 'ask', params: ask }) })}
    />
  )
  return (
    <Dialog title={title} isOpen onClose={onClose} actions={footer === false ? undefined : footer}>
      {draft === undefined && (
        <Kinds
          kinds={kindsFor(prefill)}
          favourites={favourites.list}
          onKind={(what) => setDraft({ ...prefill, what })}
          onFavourite={(ask) => setDraft({ ...ask, ...prefill, what: ask.what })}
        />
      )}
      {draft !== undefined && given === undefined && <Form draft={draft} onDraft={setDraft} />}
      {given !== undefined && (
        <Sent
          given={given.life}
          title={summary(given.ask)}
          isForExpert={given.ask.what === 'expert'}
          onAnother={start}
          onChange={() => setGiven(undefined)}
          onClose={onClose}
        />
      )}
    </Dialog>
  )
}
