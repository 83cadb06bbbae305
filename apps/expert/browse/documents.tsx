/** A document of the branch's library for the customer: looked at here before it is shown there. */
import { useState } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { type AnswerOf, useAnswer } from '../../lobby/live/ask-hub.ts'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useSay, useTitle } from '../../ui/words.ts'
import choose from '../call/choose-one.module.css'
import parts from '../call/parts.module.css'
import styles from './browse.module.css'
import { browseWords } from './words.ts'

type Told = AnswerOf<'callDocuments'>['documents'][number]
type Looked = Pick<Told, 'item' | 'title' | 'words'> & { readonly media: { readonly sha256: string } | null }

/** As the customer sees it. */
export const DocumentLook = ({ document: { item, title, media, words } }: { document: Looked }) => {
  const titleOf = useTitle()
  const text = titleOf(words)
  return (
    <figure className={styles.look}>
      {media !== null && (
        <img src={`/content/${media.sha256}`} alt={text === '' ? titleOf(title, item) : text} />
      )}
      {text !== '' && <figcaption>{text}</figcaption>}
    </figure>
  )
}

const List = ({ documents, chosen, onChoose }: ListProps) => {
  const say = useSay()
  const titleOf = useTitle()
  const shown = documents.find(({ item }) => item === chosen)
  if (documents.length === 0) return <p>{say(browseWords.documentsNone)}</p>
  return (
    <>
      <RadioGroup className={classes(choose.radios)} value={chosen ?? null} onChange={onChoose}>
        <Label className={classes(choose.label)}>{say(browseWords.documents)}</Label>
        {documents.map(({ item, title }, nth) => (
          <Radio key={item} value={item} autoFocus={nth === 0} className={classes(choose.radio)}>
            <span className={choose.dot} />
            <span className={choose.text}>{titleOf(title, item)}</span>
          </Radio>
        ))}
      </RadioGroup>
      {shown !== undefined && <DocumentLook document={shown} />}
    </>
  )
}

interface ListProps {
  readonly documents: readonly Told[]
  readonly chosen: string | undefined
  readonly onChoose: (item: string) => void
}

export interface DocumentsProps {
  readonly call: LiveCall
  readonly onShow: (item: string) => void
  readonly onClose: () => void
}

export const Documents = ({ call, onShow, onClose }: DocumentsProps) => {
  const say = useSay()
  const { data, error } = useAnswer('callDocuments', { call: call.id })
  const [chosen, setChosen] = useState<string>()
  const refused = error?.error
  return (
    <Dialog
      title={say(browseWords.document)}
      isOpen
      onClose={onClose}
      actions={
        <Button
          kind="primary"
          isDisabled={chosen === undefined}
          onPress={() => {
            if (chosen !== undefined) onShow(chosen)
          }}
        >
          {say(browseWords.show)}
        </Button>
      }
    >
      <div className={parts.form}>
        <p className={parts.soft}>{say(browseWords.documentsHint)}</p>
        {data !== undefined && <List documents={data.documents} chosen={chosen} onChoose={setChosen} />}
        {data === undefined && error !== undefined && (
          <output>
            {refused === undefined
              ? say(browseWords.documentsAway)
              : say(browseWords.documentsFailed, { text: refused.text })}
          </output>
        )}
      </div>
    </Dialog>
  )
}
