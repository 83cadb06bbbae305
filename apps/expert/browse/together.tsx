/** What customer and expert look at together: the customer's page, or a document; and what one can do about it. */
import { Eye, EyeOff, FileText, FileX, PenLine, Pointer } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import type { Named } from '../../browse/mirror.ts'
import { useSendOnce } from '../../lobby/live/use-commands.ts'
import { type Pair, useSay, useTitle } from '../../ui/words.ts'
import type { Notes } from '../call/use-notes.ts'
import { GuestBar } from '../guest/guest-bar.tsx'
import { useActions } from '../keys/context.ts'
import { keyOf } from '../keys/key-of.ts'
import { KeyedButton } from '../keys/keyed-button.tsx'
import styles from './browse.module.css'
import { DocumentLook, Documents } from './documents.tsx'
import { LookHere } from './look-here.tsx'
import { PageView } from './page-view.tsx'
import { Propose } from './propose.tsx'
import { isSeen, type Proposed } from './store.ts'
import type { Together } from './use-together.ts'
import { browseWords } from './words.ts'

/** What is asked before something is done; of a place, which there are. */
type Asking = 'propose' | 'document' | readonly Named[]

interface TogetherProps extends Together {
  readonly call: LiveCall
}

interface Tool {
  readonly id: string
  readonly title: Pair
  readonly key: string
  readonly icon: ReactNode
  readonly run: () => void
  readonly isOn: boolean
}

type Ask = (asking: Asking) => void

const pageTool = ({ store, seen: { sight } }: Together): Tool =>
  isSeen(sight)
    ? {
        id: 'page',
        title: browseWords.end,
        key: keyOf.together.page,
        icon: <EyeOff aria-hidden />,
        run: () => store.end(),
        isOn: true,
      }
    : {
        id: 'page',
        title: browseWords.ask,
        key: keyOf.together.page,
        icon: <Eye aria-hidden />,
        run: () => store.ask(),
        isOn: sight === 'off',
      }

/** Only what is seen can be pointed at, and only what the form allows proposed for. */
const handTools = ({ call, store, seen: { sight, fields } }: TogetherProps, ask: Ask): readonly Tool[] => [
  {
    id: 'look',
    title: browseWords.look,
    key: keyOf.together.look,
    icon: <Pointer aria-hidden />,
    run: () => ask(store.named()),
    isOn: sight === 'on' && call.document === null,
  },
  {
    id: 'propose',
    title: browseWords.propose,
    key: keyOf.together.propose,
    icon: <PenLine aria-hidden />,
    run: () => ask('propose'),
    isOn: sight === 'on' && fields.length > 0,
  },
]

const documentTool = ({ call }: TogetherProps, ask: Ask, putAway: () => void): Tool => {
  const known = { id: 'document', key: keyOf.together.document, isOn: call.state === 'in-call' }
  return call.document === null
    ? { ...known, title: browseWords.document, icon: <FileText aria-hidden />, run: () => ask('document') }
    : { ...known, title: browseWords.putAway, icon: <FileX aria-hidden />, run: putAway }
}

const Tools = ({ tools }: { tools: readonly Tool[] }) => {
  const say = useSay()
  useActions(
    'together',
    tools.filter(({ isOn }) => isOn),
  )
  return (
    <>
      {tools.map(({ id, title, key, icon, run, isOn }) => (
        <KeyedButton key={id} keyName={key} icon={icon} isDisabled={!isOn} onPress={run}>
          {say(title)}
        </KeyedButton>
      ))}
    </>
  )
}

const proposalWord = ({ decision }: Proposed) => browseWords[`proposal.${decision ?? 'waiting'}`]

const Said = ({ call: { document }, seen }: TogetherProps) => {
  const say = useSay()
  const titleOf = useTitle()
  const { sight, proposed, isMarked } = seen
  return (
    <output>
      {document === null
        ? say(browseWords[`sight.${sight}`])
        : say(browseWords.shown, { title: titleOf(document.title, document.item) })}{' '}
      {isMarked && sight === 'on' && say(browseWords.marked)}{' '}
      {proposed !== null &&
        sight !== 'off' &&
        say(proposalWord(proposed), { field: titleOf(proposed.title) })}
    </output>
  )
}

interface QuestionProps extends TogetherProps {
  readonly asking: Asking
  readonly onShow: (item: string) => void
  readonly onClose: () => void
}

const Question = ({ call, store, seen, asking, onShow, onClose }: QuestionProps) => {
  if (asking === 'document') return <Documents call={call} onClose={onClose} onShow={onShow} />
  if (asking === 'propose')
    return (
      <Propose
        fields={seen.fields}
        onClose={onClose}
        onPropose={(field, value) => {
          onClose()
          store.propose(field, value)
        }}
      />
    )
  return (
    <LookHere
      named={asking}
      onClose={onClose}
      onChoose={(node) => {
        onClose()
        store.markNode(node)
      }}
    />
  )
}

export interface TogetherPanelProps extends TogetherProps {
  readonly notes: Notes
}

export const TogetherPanel = ({ notes, ...props }: TogetherPanelProps) => {
  const { call, store, seen } = props
  const say = useSay()
  const send = useSendOnce()
  const [asking, setAsking] = useState<Asking>()
  const putAway = () => send({ name: 'call.put-away', params: { call: call.id } })
  const onShow = (item: string) => {
    setAsking(undefined)
    send({ name: 'call.show', params: { call: call.id, item } })
  }
  const { document } = call
  const isPage = document === null && seen.sight === 'on'
  const all = [pageTool(props), ...handTools(props, setAsking), documentTool(props, setAsking, putAway)]
  return (
    <>
      <GuestBar call={call} notes={notes} tools={<Tools tools={all} />} said={<Said {...props} />} />
      {(document !== null || isPage) && (
        <section className={styles.together} aria-label={say(browseWords.together)}>
          {document !== null && <DocumentLook document={document} />}
          {isPage && <PageView store={store} size={seen.size} onChoose={() => setAsking(store.named())} />}
        </section>
      )}
      {asking !== undefined && (
        <Question {...props} asking={asking} onShow={onShow} onClose={() => setAsking(undefined)} />
      )}
    </>
  )
}
