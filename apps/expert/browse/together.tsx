/** What customer and expert look at together: the customer's page, or a document; and what one can do about it. */
import { Eye, EyeOff, FileText, FileX, PenLine, Pointer } from 'lucide-react'
import { useRef, useState } from 'react'
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import type { Mirror } from '../../browse/mirror.ts'
import { useSendOnce } from '../../lobby/live/use-commands.ts'
import { useSay, useTitle } from '../../ui/words.ts'
import { useActions } from '../keys/context.ts'
import { KeyedButton } from '../keys/keyed-button.tsx'
import styles from './browse.module.css'
import { DocumentLook, Documents } from './documents.tsx'
import { LookHere } from './look-here.tsx'
import { PageView } from './page-view.tsx'
import { Propose } from './propose.tsx'
import { isSeen, type Proposed } from './store.ts'
import type { Together } from './use-together.ts'
import { browseWords } from './words.ts'

type Asking = 'look' | 'propose' | 'document'

interface TogetherProps extends Together {
  readonly call: LiveCall
}

const useDocument = ({ id, document }: LiveCall) => {
  const send = useSendOnce()
  return {
    shown: document,
    show: (item: string) => send({ name: 'call.show', params: { call: id, item } }),
    putAway: () => send({ name: 'call.put-away', params: { call: id } }),
  }
}

const useTools = ({ call, store, seen }: TogetherProps, onAsk: (asking: Asking) => void) => {
  const document = useDocument(call)
  const { sight, fields } = seen
  const isIn = call.state === 'in-call'
  const tools = [
    isSeen(sight)
      ? {
          id: 'page',
          title: browseWords.end,
          key: 's',
          icon: <EyeOff aria-hidden />,
          run: () => store.end(),
          isOn: true,
        }
      : {
          id: 'page',
          title: browseWords.ask,
          key: 's',
          icon: <Eye aria-hidden />,
          run: () => store.ask(),
          isOn: sight === 'off',
        },
    {
      id: 'look',
      title: browseWords.look,
      key: 'k',
      icon: <Pointer aria-hidden />,
      run: () => onAsk('look'),
      isOn: sight === 'on' && document.shown === null,
    },
    {
      id: 'propose',
      title: browseWords.propose,
      key: 'u',
      icon: <PenLine aria-hidden />,
      run: () => onAsk('propose'),
      isOn: sight === 'on' && fields.length > 0,
    },
    document.shown === null
      ? {
          id: 'document',
          title: browseWords.document,
          key: 'd',
          icon: <FileText aria-hidden />,
          run: () => onAsk('document'),
          isOn: isIn,
        }
      : {
          id: 'document',
          title: browseWords.putAway,
          key: 'd',
          icon: <FileX aria-hidden />,
          run: document.putAway,
          isOn: isIn,
        },
  ] as const
  useActions(
    'together',
    tools.filter(({ isOn }) => isOn),
  )
  return { tools, document }
}

const Decided = ({ proposed }: { proposed: Proposed }) => {
  const say = useSay()
  const titleOf = useTitle()
  const word = `proposal.${proposed.decision ?? 'waiting'}` as const
  return <>{say(browseWords[word], { field: titleOf(proposed.title) })}</>
}

export const TogetherPanel = (props: TogetherProps) => {
  const { call, store, seen } = props
  const say = useSay()
  const titleOf = useTitle()
  const mirror = useRef<Mirror | undefined>(undefined)
  const [asking, setAsking] = useState<Asking>()
  const [isMarked, setMarked] = useState(false)
  const { tools, document } = useTools(props, setAsking)
  const close = () => setAsking(undefined)
  const { sight, size, fields, proposed } = seen
  const { shown } = document
  const lookAt = (node: number) => {
    close()
    const run = mirror.current?.run
    if (run === undefined) return
    store.mark({ run, node, x: 0.5, y: 0.5 })
    setMarked(true)
  }
  return (
    <section
      className={styles.together}
      data-large={shown !== null || sight === 'on' || undefined}
      aria-label={say(browseWords.together)}
    >
      <div className={styles.head}>
        <div className={styles.tools} role="toolbar" aria-label={say(browseWords.together)}>
          {tools.map(({ id, title, key, icon, run, isOn }) => (
            <KeyedButton key={id} keyName={key} icon={icon} isDisabled={!isOn} onPress={run}>
              {say(title)}
            </KeyedButton>
          ))}
        </div>
        <output className={styles.said}>
          {shown === null
            ? say(browseWords[`sight.${sight}`])
            : say(browseWords.shown, { title: titleOf(shown.title, shown.item) })}{' '}
          {isMarked && sight === 'on' && proposed === null && say(browseWords.marked)}
          {proposed !== null && sight !== 'off' && <Decided proposed={proposed} />}
        </output>
      </div>
      {shown !== null && <DocumentLook document={shown} />}
      {shown === null && sight === 'on' && (
        <PageView
          store={store}
          size={size}
          mirror={mirror}
          onMarked={() => setMarked(true)}
          onChoose={() => setAsking('look')}
        />
      )}
      {asking === 'look' && (
        <LookHere named={mirror.current?.named() ?? []} onChoose={lookAt} onClose={close} />
      )}
      {asking === 'propose' && (
        <Propose
          fields={fields}
          onClose={close}
          onPropose={(field, value) => {
            close()
            store.propose(field, value)
          }}
        />
      )}
      {asking === 'document' && (
        <Documents
          call={call}
          onClose={close}
          onShow={(item) => {
            close()
            document.show(item)
          }}
        />
      )}
    </section>
  )
}
