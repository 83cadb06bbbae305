/** A drawing under the plan, to draw along it. It is read from a file and stays in this page: nothing of it is sent or kept. */
import { ImageUp, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { useSay } from '../../../ui/words.ts'
import drawn from './canvas.module.css'
import { FileChoice } from './file-choice.tsx'
import { Metres } from './metres.tsx'
import styles from './panel.module.css'
import { planWords } from './words.ts'

export interface Tracing {
  readonly url: string
  /** Height for a width of 1. */
  readonly ratio: number
  readonly left: number
  readonly top: number
  readonly wide: number
}

export const TracedImage = ({ tracing: { url, ratio, left, top, wide } }: { readonly tracing: Tracing }) => (
  <image
    className={drawn.traced}
    href={url}
    x={left}
    y={top}
    width={wide}
    height={wide * ratio}
    preserveAspectRatio="none"
  />
)

const anywhere = { left: 0, top: 0, wide: 16 }

/** undefined: it is no picture. */
const load = async (file: File): Promise<Pick<Tracing, 'url' | 'ratio'> | undefined> => {
  const url = URL.createObjectURL(file)
  const image = new Image()
  image.src = url
  try {
    await image.decode()
  } catch {
    URL.revokeObjectURL(url)
    return undefined
  }
  const { naturalWidth: wide, naturalHeight: high } = image
  // A drawing need not say how large it is.
  return { url, ratio: wide > 0 && high > 0 ? high / wide : 1 }
}

/** The picture goes with the page. */
export const useForgotten = (tracing: Tracing | undefined) => {
  const url = tracing?.url
  useEffect(() => (url === undefined ? undefined : () => URL.revokeObjectURL(url)), [url])
}

export interface TracingSheetProps {
  readonly tracing: Tracing | undefined
  readonly onChange: (tracing: Tracing | undefined) => void
  readonly isOpen: boolean
  readonly onClose: () => void
}

export const TracingSheet = ({ tracing, onChange, isOpen, onClose }: TracingSheetProps) => {
  const say = useSay()
  const [bad, setBad] = useState<string>()
  const choose = async (file: File) => {
    const picture = await load(file)
    setBad(picture === undefined ? file.name : undefined)
    // A better copy of the same drawing lies where the first one did.
    if (picture !== undefined) onChange({ ...anywhere, ...tracing, ...picture })
  }
  return (
    <Sheet title={say(planWords.traceTitle)} isOpen={isOpen} onClose={onClose}>
      <div className={styles.stack}>
        <p className={styles.soft}>{say(planWords.traceText)}</p>
        <FileChoice
          label={say(planWords.chooseImage)}
          icon={<ImageUp aria-hidden size={20} />}
          accept="image/*"
          onFile={(file) => void choose(file)}
        />
        {bad !== undefined && (
          <p className={styles.wrong} role="alert">
            {say(planWords.noImage, { name: bad })}
          </p>
        )}
        {tracing !== undefined && (
          <>
            <div className={styles.pairs}>
              <Metres
                label={say(planWords.imageLeft)}
                value={tracing.left}
                onChange={(left) => onChange({ ...tracing, left })}
              />
              <Metres
                label={say(planWords.imageTop)}
                value={tracing.top}
                onChange={(top) => onChange({ ...tracing, top })}
              />
              <Metres
                label={say(planWords.imageWide)}
                value={tracing.wide}
                min={1}
                onChange={(wide) => onChange({ ...tracing, wide })}
              />
            </div>
            <Button icon={<Trash2 aria-hidden size={20} />} onPress={() => onChange(undefined)}>
              {say(planWords.removeImage)}
            </Button>
          </>
        )}
      </div>
    </Sheet>
  )
}
