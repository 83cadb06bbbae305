/** The page on which one loop or one campaign is changed: its name above, what somebody else did meanwhile, and the bar that saves it. */
import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../../../ui/icon-button.tsx'
import { useSay } from '../../../ui/words.ts'
import { go } from '../../frame/router.ts'
import content from './content.module.css'
import { DropButton } from './drop-button.tsx'
import { EditBar } from './edit-bar.tsx'
import { OvertakenNote } from './overtaken.tsx'
import type { EditedHere } from './use-edited.ts'
import type { Editing } from './use-editing.ts'
import { type ContentWord, contentWords } from './words.ts'

interface EditPageProps {
  readonly at: Omit<Editing<unknown>, 'here'> & { readonly here: Omit<EditedHere<unknown>, 'set'> }
  /** Where it is one of many. */
  readonly list: { readonly path: string; readonly word: ContentWord }
  readonly title: string
  /** Who set it last. */
  readonly who: string | undefined
  /** How it stands in the hub, in one sentence. */
  readonly now: string | undefined
  /** What is about to hold. */
  readonly said: string
  readonly wrong: number
  readonly children: ReactNode
}

export const EditPage = ({ at, list, title, who, now, said, wrong, children }: EditPageProps) => {
  const say = useSay()
  const { here, doing, isAsked, save, drop } = at
  return (
    <>
      <header className={content.head}>
        <IconButton
          label={say(contentWords[list.word])}
          icon={<ArrowLeft aria-hidden />}
          onPress={() => go(list.path)}
        />
        <h1>{title}</h1>
        {drop !== undefined && (
          <DropButton title={title} isDisabled={doing.isBusy} onDrop={() => void drop()} />
        )}
      </header>
      <OvertakenNote here={here} who={who} now={now} />
      {children}
      <EditBar
        said={said}
        doing={doing}
        isChanged={here.isChanged}
        isNew={here.edited.revision === 0}
        isHeld={here.overtaken !== undefined}
        wrong={isAsked ? wrong : 0}
        onSave={() => void save()}
        onDiscard={here.forget}
      />
    </>
  )
}
