/** Asks for something to be done, by hand: for a visitor, in a zone, or of one device. */
import { Send } from 'lucide-react'
import { useState } from 'react'
import type { Ask } from '#protocol/desk/live/ask.ts'
import { Button } from '../../../../ui/button.tsx'
import { Field } from '../../../../ui/field.tsx'
import { Life } from '../../../../ui/life.tsx'
import { Segmented } from '../../../../ui/segmented.tsx'
import { Stepper } from '../../../../ui/stepper.tsx'
import { useSay, useTongue } from '../../../../ui/words.ts'
import { type CommandLife, useLife, useMay, useSend } from '../../../live/use-commands.ts'
import { useTable } from '../../../live/use-live.ts'
import { Choice } from './choice.tsx'
import { type AskKind, askOf, type Draft, emptyDraft, isComplete } from './draft.ts'
import styles from './sheets.module.css'
import { useGoals } from './use-goals.ts'
import { askWords, sheetWords } from './words.ts'

export type AskAbout = Pick<Ask, 'visit' | 'zone' | 'member'>

export interface AskFormProps {
  readonly about: AskAbout
  readonly can: readonly AskKind[]
}

interface PartProps {
  readonly draft: Draft
  readonly change: (part: Partial<Draft>) => void
}

const Said = ({ draft, change }: PartProps) => {
  const say = useSay()
  const tongue = useTongue()
  const zh = (
    <Field
      key="zh"
      label={say(sheetWords.wordsZh)}
      value={draft.zh}
      onChange={(text) => change({ zh: text })}
      maxLength={300}
      lines={2}
    />
  )
  const en = (
    <Field
      key="en"
      label={say(sheetWords.wordsEn)}
      value={draft.en}
      onChange={(text) => change({ en: text })}
      maxLength={300}
      lines={2}
    />
  )
  return (
    <>
      {tongue === 'zh' ? [zh, en] : [en, zh]}
      <p className={styles.soft}>{say(sheetWords.wordsHint)}</p>
    </>
  )
}

const Details = ({ draft, change, isAimed }: PartProps & { readonly isAimed: boolean }) => {
  const say = useSay()
  const goals = useGoals()
  const campaigns = useTable('campaigns')
  const { what } = draft
  const isSaid = what === 'announce' || what === 'display'
  return (
    <>
      {(what === 'guide' || !isAimed) && (
        <Choice
          label={say(sheetWords.whereTo)}
          value={draft.goal}
          onChange={(goal) => change({ goal })}
          options={what === 'guide' ? goals.all : goals.zones}
        />
      )}
      {what === 'promote' && (
        <Choice
          label={say(sheetWords.whichCampaign)}
          value={draft.campaign}
          onChange={(campaign) => change({ campaign })}
          options={campaigns.filter(({ on }) => on).map(({ id, product }) => ({ id, text: product }))}
        />
      )}
      {isSaid && <Said draft={draft} change={change} />}
      {what === 'display' && (
        <Stepper
          label={say(sheetWords.shownFor)}
          value={draft.minutes}
          onChange={(minutes) => change({ minutes })}
          min={1}
          max={60}
          unit={say(sheetWords.minutes)}
        />
      )}
    </>
  )
}

export const AskForm = ({ about, can }: AskFormProps) => {
  const say = useSay()
  const may = useMay()
  const send = useSend()
  const [first] = can
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(first ?? 'greet'))
  const [given, setGiven] = useState<CommandLife>()
  const life = useLife(given)
  if (!may('ask') || first === undefined) return null
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const isAimed = about.visit !== undefined || about.zone !== undefined
  const isUnderWay = life !== undefined && life.state !== 'done' && life.state !== 'failed'
  return (
    <div className={styles.form}>
      <Segmented
        label={say(sheetWords.askWhat)}
        value={draft.what}
        onChange={(what) => change({ what })}
        options={can.map((id) => ({ id, text: say(askWords[id]) }))}
      />
      <Details draft={draft} change={change} isAimed={isAimed} />
      <div className={styles.ways}>
        <Button
          kind="primary"
          icon={<Send aria-hidden size={20} />}
          isDisabled={isUnderWay || !isComplete(draft, isAimed)}
          onPress={() => setGiven(send({ name: 'ask', params: askOf(draft, about) }))}
        >
          {say(sheetWords.send)}
        </Button>
        {life !== undefined && <Life of={life} />}
      </div>
    </div>
  )
}
