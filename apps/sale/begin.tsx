/** Which product: each is sold with its own script. */
import { CircleDot } from 'lucide-react'
import { useId, useState } from 'react'
import type { SalePlan } from '#protocol/desk/sale-routes.ts'
import { useSendOnce } from '../lobby/live/use-commands.ts'
import { Button } from '../ui/button.tsx'
import { useSay, useTitle } from '../ui/words.ts'
import styles from './sale.module.css'
import { saleWords } from './words.ts'

export interface BeginProps {
  readonly plan: SalePlan
  readonly call: string | null
  readonly device: string | null
}

export const Begin = ({ plan, call, device }: BeginProps) => {
  const say = useSay()
  const titleOf = useTitle()
  const send = useSendOnce()
  const label = useId()
  const [product, setProduct] = useState(plan.products[0]?.id ?? '')
  const begin = () => send({ name: 'sale.begin', params: { call, device, product, termEnds: null } })
  return (
    <div className={styles.begin}>
      <p className={styles.soft}>{say(saleWords.beginText)}</p>
      <label htmlFor={label}>{say(saleWords.product)}</label>
      <select
        id={label}
        className={styles.select}
        value={product}
        onChange={(event) => setProduct(event.target.value)}
      >
        {plan.products.map(({ id, title }) => (
          <option key={id} value={id}>
            {`${titleOf(title)} · ${id}`}
          </option>
        ))}
      </select>
      <Button icon={<CircleDot aria-hidden />} onPress={begin}>
        {say(saleWords.begin)}
      </Button>
    </div>
  )
}
