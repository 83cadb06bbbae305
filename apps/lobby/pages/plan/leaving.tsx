/** Who leaves with something unsaved is asked, once: nothing is lost either way. */
import { useEffect, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { useSay } from '../../../ui/words.ts'
import { askBeforeLeaving, go } from '../../frame/router.ts'
import { planWords } from './words.ts'

export const Leaving = ({ isUnsaved }: { readonly isUnsaved: boolean }) => {
  const say = useSay()
  const [to, setTo] = useState<string>()
  const [wasAsked, setAsked] = useState(false)
  useEffect(() => {
    if (!isUnsaved || wasAsked) return undefined
    return askBeforeLeaving((path) => {
      if (path.startsWith('/plan')) return true
      setTo(path)
      setAsked(true)
      return false
    })
  }, [isUnsaved, wasAsked])
  const stay = () => setTo(undefined)
  return (
    <Dialog
      title={say(planWords.leaving)}
      isOpen={to !== undefined}
      onClose={stay}
      actions={
        <>
          <Button
            kind="primary"
            onPress={() => {
              stay()
              if (to !== undefined) go(to)
            }}
          >
            {say(planWords.leave)}
          </Button>
          <Button onPress={stay}>{say(planWords.stay)}</Button>
        </>
      }
    >
      <p>{say(planWords.leavingText)}</p>
    </Dialog>
  )
}
