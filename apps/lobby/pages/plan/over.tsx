/** What lies over the plan when it is asked for: the review, the versions, the drawing to trace, and the plan as a file. */
import { useBranch } from '../../live/use-live.ts'
import type { EditorHere, EditorProps } from './editor.tsx'
import { FileSheet } from './file-sheet.tsx'
import { Leaving } from './leaving.tsx'
import { Review } from './review.tsx'
import { TracingSheet } from './tracing.tsx'
import { Versions } from './versions.tsx'

type OverProps = EditorProps & { readonly here: EditorHere }

const ReviewHere = ({ here: at, line }: OverProps) => {
  const { here, draft, names, opened, open, isOutdated, failure } = at
  const save = () => {
    const sent = here.plan
    void line.save(at.change).then((saved) => {
      if (saved !== undefined) here.saved(sent, saved)
    })
  }
  return (
    <Review
      was={draft.base}
      is={here.plan}
      names={names}
      isOpen={opened === 'review' && !isOutdated}
      onClose={() => open(undefined)}
      onSave={save}
      isSaving={line.isSaving}
      // What is to be decided after a conflict is said on the page.
      failure={failure?.error?.code === 'config.conflict' ? undefined : failure}
    />
  )
}

const FileHere = ({ here: at, inForce }: OverProps) => {
  const { here, plan, looked, mayEdit, changes, opened, open } = at
  const branch = useBranch()?.id
  // An earlier version that has not come yet is not what is shown.
  const earlier = looked.plan === undefined ? undefined : looked.version
  const isDraft = earlier === undefined && changes.length > 0
  const revision = earlier?.revision ?? at.draft.revision
  return (
    <FileSheet
      plan={plan}
      devices={inForce.devices}
      branch={branch}
      name={`${branch ?? 'branch'}-plan-${revision}${isDraft ? '-draft' : ''}`}
      onLoad={
        mayEdit
          ? (next) => {
              at.pick(undefined)
              here.edit(next)
            }
          : undefined
      }
      isOpen={opened === 'file'}
      onClose={() => open(undefined)}
    />
  )
}

export const Over = (props: OverProps) => {
  const { here: at, inForce } = props
  const { opened, open, looked, tracing, setTracing, changes } = at
  const close = () => open(undefined)
  return (
    <>
      <ReviewHere {...props} />
      <Versions
        versions={inForce.versions}
        isOpen={opened === 'versions'}
        onClose={close}
        onLook={(version) => {
          looked.look(version)
          close()
        }}
      />
      <TracingSheet tracing={tracing} onChange={setTracing} isOpen={opened === 'tracing'} onClose={close} />
      <FileHere {...props} />
      <Leaving isUnsaved={changes.length > 0} />
    </>
  )
}
