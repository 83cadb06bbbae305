/** A button that lets somebody choose a file of this tablet. The same one can be chosen again, after it was corrected. */
import { type ReactNode, useRef } from 'react'
import { Button } from '../../../ui/button.tsx'

export interface FileChoiceProps {
  readonly label: string
  readonly icon: ReactNode
  readonly accept: string
  readonly onFile: (file: File) => void
}

export const FileChoice = ({ label, icon, accept, onFile }: FileChoiceProps) => {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        hidden
        type="file"
        accept={accept}
        onChange={(event) => {
          const [chosen] = event.target.files ?? []
          event.target.value = ''
          if (chosen !== undefined) onFile(chosen)
        }}
      />
      <Button icon={icon} onPress={() => input.current?.click()}>
        {label}
      </Button>
    </>
  )
}
