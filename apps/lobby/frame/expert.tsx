/** Calls somebody remote, with what is known already. On every page in the same corner. */

import { Headset } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Life } from '../../ui/life.tsx'
import { useSay } from '../../ui/words.ts'
import { type CommandLife, useLife, useMay, useSend } from '../live/use-commands.ts'
import { useSearch } from './router.ts'
import { frameWords } from './words.ts'

/** What the page shows just now is what it is about. */
const useContextOfPage = () => {
  const search = useSearch()
  const visit = search.get('visit') ?? undefined
  const ticket = search.get('ticket') ?? undefined
  return { ...(visit !== undefined && { visit }), ...(ticket !== undefined && { ticket }) }
}

export const Expert = () => {
  const say = useSay()
  const may = useMay()
  const send = useSend()
  const about = useContextOfPage()
  const [isOpen, setOpen] = useState(false)
  const [note, setNote] = useState('')
  const [given, setGiven] = useState<CommandLife>()
  const life = useLife(given)
  if (!may('ask')) return null
  const call = () => {
    const said = note.trim()
    const params = { what: 'expert' as const, ...about, ...(said !== '' && { note: said }) }
    setGiven(send({ name: 'ask', params }))
  }
  return (
    <>
      <Button
        kind="primary"
        wide
        icon={<Headset aria-hidden />}
        onPress={() => {
          setNote('')
          setGiven(undefined)
          setOpen(true)
        }}
      >
        {say(frameWords.expert)}
      </Button>
      <Dialog
        title={say(frameWords.expert)}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        actions={
          <>
            <Button kind="primary" isDisabled={life !== undefined && life.state !== 'failed'} onPress={call}>
              {say(frameWords.call)}
            </Button>
            <Life of={life} />
          </>
        }
      >
        <p>{say(frameWords.expertText)}</p>
        <Field
          label={say(frameWords.expertNote)}
          hint={say(frameWords.expertNoteHint)}
          value={note}
          onChange={setNote}
          lines={3}
          maxLength={300}
        />
      </Dialog>
    </>
  )
}
