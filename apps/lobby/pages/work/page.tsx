/** Work: what is suggested, what is being done and what became of it, with a way into each. */
import { ListChecks } from 'lucide-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { LiveTask } from '#protocol/desk/live/work-rows.ts'
import { Button } from '../../../ui/button.tsx'
import { Empty } from '../../../ui/empty.tsx'
import page from '../../../ui/page.module.css'
import waiting from '../../../ui/waiting-cards.module.css'
import { useSay } from '../../../ui/words.ts'
import { go, useSearch } from '../../frame/router.ts'
import { useMay } from '../../live/use-commands.ts'
import { useMe, useNow, useTable } from '../../live/use-live.ts'
import { FreshPill } from '../../said/fresh-pill.tsx'
import { useBusy, useHeld } from '../../said/use-steady.ts'
import { Why } from '../../why/why.tsx'
import { useOpenAct } from '../act/act-context.ts'
import { useWaitingChanges, WaitingChanges } from '../policies/waiting-changes.tsx'
import { EndedTasks } from './ended-tasks.tsx'
import { FilterBar } from './filter-bar.tsx'
import { Reassign } from './reassign.tsx'
import { SuggestionCard } from './suggestion-card.tsx'
import { type Filter, flowsOf, isLingering, listTasks } from './task-list.ts'
import { TaskRow } from './task-row.tsx'
import { useTaskCommands } from './use-task-commands.ts'
import { useUndo } from './use-undo.ts'
import { workWords } from './words.ts'
import styles from './work.module.css'

const everything: Filter = { stage: 'all', flow: null }

const Nothing = ({ isFiltered, onAll }: { readonly isFiltered: boolean; readonly onAll: () => void }) => {
  const say = useSay()
  const may = useMay()
  const openAct = useOpenAct()
  if (!isFiltered)
    return (
      <Empty
        icon={<ListChecks aria-hidden size={40} />}
        title={say(workWords.empty)}
        text={say(workWords.emptyText)}
        action={may('ask') && <Button onPress={() => openAct()}>{say(workWords.act)}</Button>}
      />
    )
  return (
    <Empty
      title={say(workWords.emptyFiltered)}
      action={<Button onPress={onAll}>{say(workWords.showAll)}</Button>}
    />
  )
}

/** The task in the address is the one that is explained. */
const useExplained = () => {
  const id = useSearch().get('task')
  return { about: id === null ? undefined : { task: id }, close: () => go('/work', 'replace') }
}

const useLists = (filter: Filter) => {
  const tasks = useTable('tasks')
  const { name } = useMe()
  const now = useNow()
  const listed = useMemo(() => listTasks(tasks, { filter, me: name }), [tasks, filter, name])
  const lingering = listed.ended.filter((task) => isLingering(task, now))
  const current = [...listed.open, ...lingering].sort((a, b) => b.createdAt - a.createdAt)
  return { tasks, listed, current }
}

interface OpenListProps {
  readonly ids: readonly string[]
  readonly onReassign: (task: string) => void
}

const OpenList = ({ ids, onReassign }: OpenListProps) => {
  const tasks = useTable('tasks')
  const byId = useMemo(() => new Map(tasks.map((task) => [task.id, task])), [tasks])
  const { pending, begin, takeBack } = useUndo()
  const { cancel } = useTaskCommands()
  const onCancel = useCallback((id: string) => begin(id, () => cancel(id)), [begin, cancel])
  return (
    <ul className={styles.list}>
      {ids
        .map((id) => byId.get(id))
        .filter((task): task is LiveTask => task !== undefined)
        .map((task) => (
          <TaskRow
            key={task.id}
            task={task}
            isGoing={pending.has(task.id)}
            onCancel={onCancel}
            onUndo={takeBack}
            onReassign={onReassign}
          />
        ))}
    </ul>
  )
}

const Suggestions = ({ tasks }: { readonly tasks: readonly LiveTask[] }) => {
  const say = useSay()
  return (
    <section aria-labelledby="work-suggestions">
      <h2 id="work-suggestions" className={styles.heading}>
        {say(workWords.suggestions)}
        <span className={styles.soft}>{say(workWords.suggestionsHint)}</span>
      </h2>
      <ul className={waiting.cards}>
        {tasks.map((task) => (
          <SuggestionCard key={task.id} task={task} />
        ))}
      </ul>
    </section>
  )
}

export const Page = () => {
  const say = useSay()
  const list = useRef<HTMLDivElement>(null)
  const [filter, setFilter] = useState(everything)
  const [reassigned, setReassigned] = useState<string>()
  const { tasks, listed, current } = useLists(filter)
  const { isBusy, release } = useBusy(list)
  const suggested = useHeld(
    listed.suggested.map(({ id }) => id),
    isBusy,
  )
  const open = useHeld(
    current.map(({ id }) => id),
    isBusy,
  )
  const explained = useExplained()
  const hasChanges = useWaitingChanges().length > 0
  const cards = suggested.shown
    .map((id) => tasks.find((task) => task.id === id))
    .filter((task) => task !== undefined)
  const isEmpty = cards.length + open.shown.length + listed.ended.length === 0
  const isFiltered = filter.stage !== 'all' || filter.flow !== null
  return (
    <div ref={list} className={page.page}>
      <header className={styles.head}>
        <h1>{say(workWords.title)}</h1>
        <FilterBar filter={filter} onChange={setFilter} flows={flowsOf(tasks)} />
      </header>
      <FreshPill
        text={say(workWords.fresh, { count: open.waiting + suggested.waiting })}
        isShown={open.waiting + suggested.waiting > 0}
        onPress={release}
      />
      <WaitingChanges />
      {cards.length > 0 && <Suggestions tasks={cards} />}
      {/* No filter is about changes: where one waits there is something to do, and still no task may fit. */}
      {isEmpty && (isFiltered || !hasChanges) && (
        <Nothing isFiltered={isFiltered} onAll={() => setFilter(everything)} />
      )}
      {open.shown.length > 0 && (
        <section aria-label={say(workWords.open)}>
          {cards.length > 0 && <h2 className={styles.heading}>{say(workWords.open)}</h2>}
          <OpenList ids={open.shown} onReassign={setReassigned} />
        </section>
      )}
      <EndedTasks tasks={listed.ended.filter(({ id }) => !open.shown.includes(id))} />
      <Reassign task={tasks.find(({ id }) => id === reassigned)} onClose={() => setReassigned(undefined)} />
      <Why about={explained.about} onClose={explained.close} />
    </div>
  )
}
