/** What can be done to the plan as a whole. */
import {
  FileJson,
  History,
  ImageUp,
  Maximize,
  Plus,
  Redo2,
  SquareDashed,
  Undo2,
  ZoomIn,
  ZoomOut,
} from 'lucide-react'
import { ToggleButton } from 'react-aria-components'
import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { useSay } from '../../../ui/words.ts'
import { fileWords } from './file-words.ts'
import styles from './page.module.css'
import type { DraftHere } from './use-draft.ts'
import type { PlanView } from './use-view.ts'
import { planWords } from './words.ts'

export interface ToolbarProps {
  readonly here: DraftHere
  readonly view: PlanView
  /** false: it is only looked at. */
  readonly mayEdit: boolean
  readonly draws: boolean
  readonly onDraws: (draws: boolean) => void
  readonly onAdd: () => void
  readonly onOpen: (what: 'versions' | 'tracing' | 'file') => void
}

const Editing = ({ here, draws, onDraws, onAdd, onOpen }: ToolbarProps) => {
  const say = useSay()
  const { past, future } = here.draft.history
  return (
    <>
      <Button icon={<Plus aria-hidden size={20} />} onPress={onAdd}>
        {say(planWords.addZone)}
      </Button>
      <ToggleButton
        className={styles.tool ?? ''}
        aria-label={say(planWords.drawZone)}
        isSelected={draws}
        onChange={onDraws}
      >
        <SquareDashed aria-hidden />
      </ToggleButton>
      <IconButton
        label={say(planWords.trace)}
        icon={<ImageUp aria-hidden />}
        onPress={() => onOpen('tracing')}
      />
      <IconButton
        label={say(planWords.undo)}
        icon={<Undo2 aria-hidden />}
        isDisabled={past.length === 0}
        onPress={here.undo}
      />
      <IconButton
        label={say(planWords.redo)}
        icon={<Redo2 aria-hidden />}
        isDisabled={future.length === 0}
        onPress={here.redo}
      />
    </>
  )
}

export const Toolbar = (props: ToolbarProps) => {
  const { view, mayEdit, onOpen } = props
  const say = useSay()
  return (
    <div className={styles.toolbar}>
      {mayEdit && <Editing {...props} />}
      <span className={styles.space} />
      <IconButton label={say(planWords.nearer)} icon={<ZoomIn aria-hidden />} onPress={() => view.scale(1)} />
      <IconButton
        label={say(planWords.further)}
        icon={<ZoomOut aria-hidden />}
        onPress={() => view.scale(-1)}
      />
      <IconButton label={say(planWords.fit)} icon={<Maximize aria-hidden />} onPress={view.fit} />
      <IconButton
        label={say(fileWords.title)}
        icon={<FileJson aria-hidden />}
        onPress={() => onOpen('file')}
      />
      <IconButton
        label={say(planWords.versions)}
        icon={<History aria-hidden />}
        onPress={() => onOpen('versions')}
      />
    </div>
  )
}
