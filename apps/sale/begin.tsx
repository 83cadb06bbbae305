/** Which product, each sold with its own script; how long its term is; and where the customer stands. */
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
  /** Where the customer may stand instead of at the page itself; absent: it is known. */
  readonly kiosks?: readonly Kiosk[]
}

interface Kiosk {
  readonly id: string
  readonly title: Readonly<Record<string, string>>
}

interface FieldProps<Value> {
  readonly value: Value
  readonly onChange: (value: Value) => void
}

const Where = ({
  kiosks,
  value,
  onChange,
}: FieldProps<string | null> & { readonly kiosks: readonly Kiosk[] }) => {
  const say = useSay()
  const titleOf = useTitle()
  const label = useId()
  return (
    <>
      <label htmlFor={label}>{say(saleWords.customer)}</label>
      <select
        id={label}
        className={styles.select}
        value={value ?? ''}
        onChange={({ target }) => onChange(target.value === '' ? null : target.value)}
      >
        <option value="">{say(saleWords.customerHere)}</option>
        {kiosks.map(({ id, title }) => (
          <option key={id} value={id}>
            {titleOf(title, id)}
          </option>
        ))}
      </select>
    </>
  )
}

/** Empty: the product has no term. */
const TermEnds = ({ value, onChange }: FieldProps<string>) => {
  const say = useSay()
  const label = useId()
  const hint = useId()
  return (
    <>
      <label htmlFor={label}>{say(saleWords.termEnds)}</label>
      <input
        id={label}
        type="date"
        className={styles.select}
        value={value}
        aria-describedby={hint}
        onChange={({ target }) => onChange(target.value)}
      />
      <p id={hint} className={styles.soft}>
        {say(saleWords.termEndsText)}
      </p>
    </>
  )
}

export const Begin = ({ plan, call, device, kiosks }: BeginProps) => {
  const say = useSay()
  const titleOf = useTitle()
  const send = useSendOnce()
  const label = useId()
  const [product, setProduct] = useState(plan.products[0]?.id ?? '')
  const [termEnds, setTermEnds] = useState('')
  const [kiosk, setKiosk] = useState<string | null>(null)
  // One that has gone off meanwhile asks nobody.
  const at = kiosks === undefined ? device : (kiosks.find(({ id }) => id === kiosk)?.id ?? null)
  const begin = () =>
    send({
      name: 'sale.begin',
      params: { call, device: at, product, termEnds: termEnds === '' ? null : termEnds },
    })
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
      <TermEnds value={termEnds} onChange={setTermEnds} />
      {kiosks !== undefined && <Where kiosks={kiosks} value={at} onChange={setKiosk} />}
      <Button icon={<CircleDot aria-hidden />} onPress={begin}>
        {say(saleWords.begin)}
      </Button>
    </div>
  )
}
