/** The usual next steps of an alert: each one tap, and what became of it beside it. */
import { useState } from 'react'
import type { LiveAlert } from '#protocol/desk/live/work-rows.ts'
import { Button } from '../../../ui/button.tsx'
import { Life } from '../../../ui/life.tsx'
import { useSay } from '../../../ui/words.ts'
import { go } from '../../frame/router.ts'
import { type CommandLife, useLife, useMay, useSendOnce } from '../../live/use-commands.ts'
import { useOpenAct } from '../act/act-context.ts'
import { type NextStep, nextSteps } from './next-steps.ts'
import { alertsWords } from './words.ts'

const DoStep = ({ step }: { readonly step: NextStep & { readonly kind: 'do' } }) => {
  const say = useSay()
  const send = useSendOnce()
  const [given, setGiven] = useState<CommandLife>()
  const life = useLife(given)
  const isUnderWay = life !== undefined && life.state !== 'failed'
  return (
    <>
      <Button isDisabled={isUnderWay} onPress={() => setGiven(send(step.command))}>
        {say(alertsWords[step.text])}
      </Button>
      {life !== undefined && <Life of={life} />}
    </>
  )
}

export const StepButtons = ({ alert }: { readonly alert: LiveAlert }) => {
  const say = useSay()
  const may = useMay()
  const openAct = useOpenAct()
  return nextSteps(alert).map((step) => {
    if (step.kind === 'do') return may(step.command.name) && <DoStep key={step.text} step={step} />
    if (step.kind === 'act' && !may('ask')) return null
    return (
      <Button key={step.text} onPress={() => (step.kind === 'go' ? go(step.path) : openAct(step.prefill))}>
        {say(alertsWords[step.text])}
      </Button>
    )
  })
}
