/** A drawing under the plan, to draw along it. It is read from a file and stays in this page: nothing of it is sent or kept. */
import { ImageUp, Trash2 } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { useSay } from '../../../ui/words.ts'
import { Metres } from './metres.tsx'
import styles from './plan.module.css'
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
    className={styles.traced}
    href={url}
    x={left}
    y={top}
    width={wide}
    height={wide * ratio}
    preserveAspectRatio="none"
  />
)

const load = (file: File, then: (tracing: Tracing) => void) => {
  const url = URL.createObjectURL(file)
  const image = new Image()
  image.addEventListener('load', () =>
    then({ url, ratio: image.naturalHeight / Math.max(1, image.naturalWidth), left: 0, top: 0, wide: 16 }),
  )
  image.addEventListener('error', () => URL.revokeObjectURL(url))
  image.src = url
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
  const file = useRef<HTMLInputElement>(null)
  return (
    <Sheet title={say(planWords.traceTitle)} isOpen={isOpen} onClose={onClose}>
      <div className={styles.stack}>
        <p className={styles.soft}>{say(planWords.traceText)}</p>
        <input
          ref={file}
          className="visually-hidden"
          type="file"
          accept="image/*"
          aria-label={say(planWords.chooseImage)}
          tabIndex={-1}
          onChange={(event) => {
            const [chosen] = event.target.files ?? []
            if (chosen !== undefined) load(chosen, onChange)
          }}
        />
        <Button icon={<ImageUp aria-hidden size={20} />} onPress={() => file.current?.click()}>
          {say(planWords.chooseImage)}
        </Button>
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
