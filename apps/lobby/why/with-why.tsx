/**
 * Around everything that may ask why: the explanation stands beside the pages, not in the row it was asked from, which goes
 * when its task is over while somebody still reads.
 */
import { lazy, type ReactNode, useState } from 'react'
import { useSay } from '../../ui/words.ts'
import { LoadedDialog } from '../frame/loaded-dialog.tsx'
import { type WhyAbout, WhyContext } from './why-context.ts'
import { whyWords } from './words.ts'

const Why = lazy(async () => ({ default: (await import('./why.tsx')).Why }))

export const WithWhy = ({ children }: { readonly children: ReactNode }) => {
  const say = useSay()
  const [about, setAbout] = useState<WhyAbout>()
  const close = () => setAbout(undefined)
  return (
    <WhyContext value={setAbout}>
      {children}
      {about !== undefined && (
        <LoadedDialog title={say(whyWords.why)} onClose={close}>
          <Why about={about} onClose={close} />
        </LoadedDialog>
      )}
    </WhyContext>
  )
}
