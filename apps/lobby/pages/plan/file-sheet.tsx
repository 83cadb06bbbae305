/** The plan saved as a file, and a plan of a file looked at before it takes the place of what is drawn. */
import { Download, FolderOpen } from 'lucide-react'
import { useState } from 'react'
import { sayDetail } from '#protocol/desk/details.ts'
import type { PlanFile } from '#protocol/desk/look/plan-file.ts'
import { Button } from '../../../ui/button.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { useSay, useTongue } from '../../../ui/words.ts'
import { FileChoice } from './file-choice.tsx'
import styles from './file-sheet.module.css'
import { fileErrorWords, fileWords, wrongWords } from './file-words.ts'
import { differences } from './model/differences.ts'
import type { Device, Plan } from './model/plan.ts'
import { type FilePlan, type FileTrouble, planFrom, planText, readPlanFile } from './model/plan-file.ts'
import panel from './panel.module.css'
import { Differences } from './review.tsx'
import { useNames } from './use-names.ts'

export interface FileSheetProps {
  /** What is shown: the draft, or the earlier version that is looked at. */
  readonly plan: Plan
  readonly devices: readonly Device[]
  readonly branch: string | undefined
  /** Without its ending. */
  readonly name: string
  /** undefined: nothing can be loaded now. */
  readonly onLoad: ((plan: Plan) => void) | undefined
  readonly isOpen: boolean
  readonly onClose: () => void
}

const Trouble = ({ trouble: { code, misfits, more } }: { readonly trouble: FileTrouble }) => {
  const say = useSay()
  const tongue = useTongue()
  return (
    <div className={styles.trouble} role="alert" data-trouble={code}>
      <strong>{say(fileWords.notLoaded)}</strong>
      <p>{say(fileErrorWords[code])}</p>
      <ul>
        {misfits.map(({ spot, field, wrong }) => (
          <li key={`${spot.line} ${spot.column} ${field}`}>
            {say(fileWords.lineOf, { line: spot.line, column: spot.column })}
            {typeof wrong === 'string' ? (
              <>
                {field !== '' && <code>{field}</code>} {say(wrongWords[wrong])}
              </>
            ) : (
              sayDetail(wrong, tongue)
            )}
          </li>
        ))}
        {more > 0 && <li>{say(fileWords.more, { count: more })}</li>}
      </ul>
      <code>{code}</code>
    </div>
  )
}

interface Chosen {
  readonly name: string
  readonly file: PlanFile
}

interface Loaded extends FilePlan {
  readonly name: string
  readonly branch: string | undefined
}

/** Read anew with each opening of the sheet: nothing that was chosen once lies in wait. */
const useLoaded = (now: Plan, isOpen: boolean) => {
  const [chosen, setChosen] = useState<Chosen>()
  const [trouble, setTrouble] = useState<FileTrouble>()
  const forget = () => {
    setChosen(undefined)
    setTrouble(undefined)
  }
  const [wasOpen, setWasOpen] = useState(isOpen)
  if (wasOpen !== isOpen) {
    setWasOpen(isOpen)
    forget()
  }
  const read = async (file: File) => {
    forget()
    const answer = await readPlanFile(file)
    if ('trouble' in answer) setTrouble(answer.trouble)
    else setChosen({ name: file.name, file: answer.file })
  }
  const loaded: Loaded | undefined = chosen && {
    ...planFrom(chosen.file, now),
    name: chosen.name,
    branch: chosen.file.branch,
  }
  return { loaded, trouble, forget, read }
}

type PreviewProps = Pick<FileSheetProps, 'plan' | 'devices' | 'branch'> & { readonly loaded: Loaded }

const Preview = ({ plan, devices, branch, loaded }: PreviewProps) => {
  const say = useSay()
  const names = useNames([loaded.plan, plan], devices)
  const isOther = loaded.branch !== undefined && branch !== undefined && loaded.branch !== branch
  return (
    <section className={panel.stack} aria-live="polite">
      <h3>{say(fileWords.wouldChange, { name: loaded.name })}</h3>
      {isOther && <p>{say(fileWords.otherBranch, { branch: loaded.branch ?? '' })}</p>}
      {loaded.strangers.length > 0 && (
        <p>{say(fileWords.strangers, { devices: loaded.strangers.join(', ') })}</p>
      )}
      {differences(plan, loaded.plan).length === 0 ? (
        <p>{say(fileWords.same)}</p>
      ) : (
        <Differences was={plan} is={loaded.plan} names={names} />
      )}
    </section>
  )
}

/** Long enough for a tablet that asks where to put it. */
const keptMs = 60_000

const saveAs = (name: string, text: string) => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), keptMs)
}

export const FileSheet = ({ plan, devices, branch, name, onLoad, isOpen, onClose }: FileSheetProps) => {
  const say = useSay()
  const { loaded, trouble, forget, read } = useLoaded(plan, isOpen)
  const isNews = loaded !== undefined && differences(plan, loaded.plan).length > 0
  const take = () => {
    if (loaded !== undefined) onLoad?.(loaded.plan)
    onClose()
  }
  return (
    <Sheet
      title={say(fileWords.title)}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        loaded === undefined ? undefined : (
          <>
            {isNews && onLoad !== undefined && (
              <Button kind="primary" onPress={take}>
                {say(fileWords.take)}
              </Button>
            )}
            <Button onPress={forget}>{say(fileWords.leave)}</Button>
          </>
        )
      }
    >
      {loaded === undefined ? (
        <div className={panel.stack}>
          <p className={panel.soft}>{say(fileWords.text)}</p>
          <Button
            icon={<Download aria-hidden size={20} />}
            onPress={() => saveAs(`${name}.json`, planText(plan, branch))}
          >
            {say(fileWords.save)}
          </Button>
          {onLoad !== undefined && (
            <>
              <p className={panel.soft}>{say(fileWords.loadText)}</p>
              <FileChoice
                label={say(fileWords.load)}
                icon={<FolderOpen aria-hidden size={20} />}
                accept="application/json,.json"
                onFile={(file) => void read(file)}
              />
            </>
          )}
          {trouble !== undefined && <Trouble trouble={trouble} />}
        </div>
      ) : (
        <Preview plan={plan} devices={devices} branch={branch} loaded={loaded} />
      )}
    </Sheet>
  )
}
