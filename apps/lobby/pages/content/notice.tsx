/** What was just done, with a way back where there is one; gone with the next step to another page. */
import { Undo2 } from 'lucide-react'
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { useSay } from '../../../ui/words.ts'
import { usePath } from '../../frame/router.ts'
import { Refused } from './refused.tsx'
import styles from './told.module.css'
import { useDoing } from './use-doing.ts'
import { contentWords } from './words.ts'

export interface Notice {
  /** The page on which it is read. */
  readonly at: string
  readonly words: string
  readonly undo?: () => Promise<unknown>
}

interface NoticeHere {
  readonly notice: Notice | undefined
  readonly tell: (notice: Notice | undefined) => void
}

const NoticeContext = createContext<NoticeHere>({ notice: undefined, tell: () => undefined })

export const useTell = (): NoticeHere['tell'] => useContext(NoticeContext).tell

export const WithNotice = ({ children }: { readonly children: ReactNode }) => {
  const [notice, tell] = useState<Notice>()
  return <NoticeContext value={useMemo(() => ({ notice, tell }), [notice])}>{children}</NoticeContext>
}

export const NoticeLine = ({ again }: { readonly again: () => void }) => {
  const say = useSay()
  const path = usePath()
  const { notice, tell } = useContext(NoticeContext)
  const doing = useDoing(again)
  const here = notice?.at === path ? notice : undefined
  const undo = useCallback(() => {
    const back = here?.undo
    if (back !== undefined) void doing.run(back).then((isDone) => isDone && tell(undefined))
  }, [here, doing, tell])
  return (
    <>
      <div className={here === undefined ? 'visually-hidden' : styles.notice}>
        <output>{here?.words}</output>
        {here?.undo !== undefined && (
          <Button icon={<Undo2 aria-hidden size={20} />} isDisabled={doing.isBusy} onPress={undo}>
            {say(contentWords.undo)}
          </Button>
        )}
      </div>
      <Refused doing={doing} />
    </>
  )
}
