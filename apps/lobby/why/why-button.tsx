/** Why? One tap away from whatever the automation did or left undone. */
import { CircleHelp } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { useSay } from '../../ui/words.ts'
import { useOpenWhy, type WhyAbout } from './why-context.ts'
import { whyWords } from './words.ts'

export interface WhyButtonProps {
  readonly about: WhyAbout
  /** For a visitor to whom nobody came: "why was nobody sent". */
  readonly isNobody?: boolean
  readonly kind?: 'plain' | 'quiet'
}

export const WhyButton = ({ about, isNobody = false, kind = 'plain' }: WhyButtonProps) => {
  const say = useSay()
  const openWhy = useOpenWhy()
  return (
    <Button kind={kind} icon={<CircleHelp aria-hidden size={20} />} onPress={() => openWhy(about)}>
      {say(isNobody ? whyWords.titleNobody : whyWords.why)}
    </Button>
  )
}
