/** Beside the plan: what is wrong, and everything that is on it; or the one thing that one works at. */
import { ArrowLeft, TriangleAlert } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { classes } from '../../../ui/classes.ts'
import { IconButton } from '../../../ui/icon-button.tsx'
import { useSay } from '../../../ui/words.ts'
import type { Fault } from './model/faults.ts'
import type { Kind, Picked, Zone } from './model/plan.ts'
import styles from './panel.module.css'
import { DeviceFields, PlaceFields } from './place-fields.tsx'
import type { FieldsProps } from './things.ts'
import { planWords } from './words.ts'
import { ZoneFields } from './zone-fields.tsx'

export interface PanelProps extends FieldsProps {
  readonly picked: Picked | undefined
  readonly faults: readonly Fault[]
}

const Faults = ({ faults, names, onPick }: Pick<PanelProps, 'faults' | 'names' | 'onPick'>) => {
  const say = useSay()
  if (faults.length === 0) return null
  const wrong = faults.filter(({ isWrong }) => isWrong).length
  return (
    <section className={styles.faults} aria-live="polite">
      <h2>{wrong === 0 ? say(planWords.looks) : say(planWords.faults, { count: wrong })}</h2>
      <ul>
        {faults.map(({ code, of, isWrong }) => (
          <li key={`${code} ${of?.kind ?? ''} ${of?.id ?? ''}`} data-fault={code}>
            <button
              type="button"
              className={classes(styles.fault, isWrong && styles.wrong)}
              onClick={() => onPick(of)}
            >
              <TriangleAlert aria-hidden size={20} />
              {say(planWords[`fault.${code}`], { what: of === undefined ? '' : names.of(of) })}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface ListProps {
  readonly title: string
  readonly kind: Kind
  readonly rows: readonly { readonly id: string; readonly name: string; readonly more: string }[]
  readonly onPick: PanelProps['onPick']
}

const List = ({ title, kind, rows, onPick }: ListProps) => (
  <section>
    <h2>{title}</h2>
    <ul className={styles.list}>
      {rows.map(({ id, name, more }) => (
        <li key={id}>
          <button
            type="button"
            className={styles.thing}
            data-thing={`${kind}/${id}`}
            onClick={() => onPick({ kind, id })}
          >
            <span>{name}</span>
            <span className={styles.soft}>{more}</span>
          </button>
        </li>
      ))}
    </ul>
  </section>
)

const Lists = ({ plan, names, onPick }: PanelProps) => {
  const say = useSay()
  /** What its name does not say already. */
  const moreOf = ({ id, area, at, kind }: Pick<Zone, 'id' | 'area' | 'at' | 'kind'>) => {
    if (area === undefined && at === undefined) return say(planWords.notDrawn)
    const word = say(planWords[`zone.${kind}`])
    return word === names.zone(id) ? '' : word
  }
  return (
    <>
      <List
        title={say(planWords.zones)}
        kind="zone"
        onPick={onPick}
        rows={plan.zones.map(({ id, area, at, kind }) => ({
          id,
          name: names.zone(id),
          more: moreOf({ id, area, at, kind }),
        }))}
      />
      <List
        title={say(planWords.places)}
        kind="place"
        onPick={onPick}
        rows={plan.places.map(({ id, zone }) => ({ id, name: id, more: names.zone(zone) }))}
      />
      <List
        title={say(planWords.devices)}
        kind="device"
        onPick={onPick}
        rows={plan.devices.map(({ id, zone, place }) => ({
          id,
          name: names.device(id),
          more: place ?? names.zone(zone),
        }))}
      />
    </>
  )
}

const Fields = ({ picked, ...props }: PanelProps & { readonly picked: Picked }) => {
  const { plan } = props
  const zone = plan.zones.find(({ id }) => picked.kind === 'zone' && id === picked.id)
  const place = plan.places.find(({ id }) => picked.kind === 'place' && id === picked.id)
  const device = plan.devices.find(({ id }) => picked.kind === 'device' && id === picked.id)
  if (zone !== undefined) return <ZoneFields {...props} zone={zone} />
  if (place !== undefined) return <PlaceFields {...props} place={place} />
  return device === undefined ? null : <DeviceFields {...props} device={device} />
}

const focusOn = (of: Element | null | undefined) => {
  if (of instanceof HTMLElement) of.focus()
}

/** Whose button went away with the list, or with the thing, goes on where he came to; on the plan the focus stays. */
const useWayBack = (picked: Picked | undefined) => {
  const panel = useRef<HTMLElement>(null)
  const before = useRef<Picked>(undefined)
  const [kind, id] = [picked?.kind, picked?.id]
  useEffect(() => {
    const was = before.current
    before.current = kind === undefined || id === undefined ? undefined : { kind, id }
    if (was === undefined && kind === undefined) return
    if (document.activeElement !== document.body) return
    const thing = kind === undefined && was !== undefined ? `[data-thing="${was.kind}/${was.id}"]` : 'button'
    focusOn(panel.current?.querySelector(thing) ?? panel.current?.querySelector('button'))
  }, [kind, id])
  return panel
}

export const Panel = (props: PanelProps) => {
  const { picked, names, faults, onPick } = props
  const say = useSay()
  const panel = useWayBack(picked)
  const own = faults.filter(({ of }) => of?.kind === picked?.kind && of?.id === picked?.id)
  if (picked === undefined)
    return (
      <section ref={panel} className={styles.panel} aria-label={say(planWords.things)}>
        <Faults faults={faults} names={names} onPick={onPick} />
        <Lists {...props} />
      </section>
    )
  return (
    <section ref={panel} className={styles.panel} aria-label={names.of(picked)}>
      <div className={styles.panelHead}>
        <IconButton
          label={say(planWords.all)}
          icon={<ArrowLeft aria-hidden />}
          onPress={() => onPick(undefined)}
        />
        <span className={styles.panelTitle}>
          <span className={styles.soft}>{say(planWords[picked.kind])}</span>
          <h2>{names.of(picked)}</h2>
        </span>
      </div>
      <Faults faults={own} names={names} onPick={onPick} />
      <Fields {...props} picked={picked} />
    </section>
  )
}
