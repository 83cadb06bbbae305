/** Settings of a flow on a chart of what they are held against: what happened in the last hour, and where each line lies. */
import { useEffect, useRef, useState } from 'react'
import { classes } from '../../../ui/classes.ts'
import { useFormat } from '../../../ui/format.ts'
import { useSay } from '../../../ui/words.ts'
import { useNow } from '../../live/use-live.ts'
import styles from './chart.module.css'
import { isCrowded, pathOf, topFor, yOf } from './model/chart.ts'
import { type Json, type NumberShape, type Setting, toKept } from './model/fields.ts'
import type { Measure } from './model/measured.ts'
import { ThresholdLine } from './threshold-line.tsx'
import { useSaidValue } from './use-said-value.ts'
import { type Series, useSeries } from './use-series.ts'
import { policyWords } from './words.ts'

const height = 200
const minute = 60_000
const windows = [10 * minute, 20 * minute, 30 * minute, 60 * minute]
/** It moves on in steps that nobody sees. */
const stepMs = 15_000

export interface Threshold {
  readonly setting: Setting & { readonly shape: NumberShape }
  readonly value: number
}

export interface ThresholdChartProps {
  readonly measure: Measure
  readonly thresholds: readonly Threshold[]
  readonly onChange: (name: string, value: Json) => void
  readonly isDisabled: boolean
}

const useWidth = () => {
  const place = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (place.current === null) return undefined
    const watch = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)))
    watch.observe(place.current)
    return () => watch.disconnect()
  }, [])
  return { place, width }
}

/** While a line is held the scale stands still under it. */
const useTop = (largest: number, unit: number) => {
  const [held, setHeld] = useState<number>()
  const top = topFor(largest, unit)
  return { top: held ?? top, hold: (isHeld: boolean) => setHeld(isHeld ? top : undefined) }
}

/** As much of the last hour as there is something of: this page has not been open longer. */
const useWindow = (series: readonly Series[]): number => {
  const now = useNow()
  const first = Math.min(now, ...series.map(({ readings }) => readings[0]?.at ?? now))
  return windows.find((window) => now - first <= window) ?? 60 * minute
}

interface LinesProps {
  readonly series: readonly Series[]
  readonly width: number
  readonly top: number
  readonly windowMs: number
}

const Lines = ({ series, width, top, windowMs }: LinesProps) => {
  const now = Math.ceil(useNow() / stepMs) * stepMs
  const scale = { width, height, top, now, windowMs }
  return (
    <svg className={styles.lines} width={width} height={height} aria-hidden="true">
      {[0, 0.25, 0.5, 0.75].map((share) => (
        <line key={share} className={styles.grid} x1={0} x2={width} y1={height * share} y2={height * share} />
      ))}
      <line className={styles.base} x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
      {[...series].reverse().map(({ id, readings }) => (
        <path
          key={id}
          className={classes(styles.path, id === series[0]?.id && styles.busiest)}
          d={pathOf(readings, scale)}
        />
      ))}
      {series[0] !== undefined && (
        <circle
          className={styles.nowDot}
          cx={width - 4}
          cy={yOf(series[0].readings.at(-1)?.value ?? 0, scale)}
          r={4}
        />
      )}
    </svg>
  )
}

interface CaptionProps {
  readonly windowMs: number
  readonly measure: Measure
  readonly busiest: Series | undefined
  readonly inUnit: (value: number) => string
}

const Caption = ({ windowMs, measure, busiest, inUnit }: CaptionProps) => {
  const say = useSay()
  return (
    <figcaption className={styles.caption}>
      <strong>
        {say(policyWords.chartOf, {
          measure: say(policyWords[`measure.${measure}`]),
          time: say(policyWords.lastMinutes, { count: windowMs / minute }),
        })}
      </strong>
      <span className={styles.soft}>
        {busiest === undefined
          ? say(policyWords.noReadings)
          : say(policyWords.busiest, {
              service: busiest.title,
              value: inUnit(busiest.readings.at(-1)?.value ?? 0),
            })}
      </span>
    </figcaption>
  )
}

const Times = ({ windowMs }: { readonly windowMs: number }) => {
  const { clock } = useFormat()
  const now = useNow()
  return (
    <>
      <span className={styles.from}>{clock(now - windowMs)}</span>
      <span className={styles.to}>{clock(now)}</span>
    </>
  )
}

/** A finger stays within what one person may set; what was typed beyond it, or is in force there, stays where it is. */
const boundsOf = ({ least, most, step, unit, allowed = { least, most } }: NumberShape, value: number) => ({
  least: Math.min(toKept(allowed.least, unit), value),
  most: Math.max(toKept(allowed.most, unit), value),
  step: toKept(step, unit),
})

export const ThresholdChart = ({ measure, thresholds, onChange, isDisabled }: ThresholdChartProps) => {
  const said = useSaidValue()
  const series = useSeries(measure)
  const windowMs = useWindow(series)
  const { place, width } = useWidth()
  const first = thresholds[0]?.setting
  const factor = first?.shape.unit.factor ?? 1
  const largest = Math.max(
    ...thresholds.map(({ value }) => value),
    ...series.flatMap(({ readings }) => readings.map(({ value }) => value)),
  )
  const { top, hold } = useTop(largest, factor)
  const others = (index: number) =>
    thresholds.flatMap((one, at) => (at === index ? [] : [{ value: one.value, isBefore: at < index }]))
  const inUnit = (value: number) => said.value(first, Math.round(value / factor) * factor)
  return (
    <figure className={styles.chart}>
      <Caption windowMs={windowMs} measure={measure} busiest={series[0]} inUnit={inUnit} />
      <div className={styles.plot}>
        <span className={styles.top}>{inUnit(top)}</span>
        <div className={styles.area} ref={place}>
          {width > 0 && <Lines series={series} width={width} top={top} windowMs={windowMs} />}
          {thresholds.map(({ setting, value }, index) => (
            <ThresholdLine
              key={setting.name}
              label={setting.label}
              value={value}
              said={said.value(setting, value)}
              bounds={boundsOf(setting.shape, value)}
              top={top}
              height={height}
              place={index}
              handles={thresholds.length}
              isBelow={isCrowded(value, others(index), { height, top })}
              onChange={(next) => onChange(setting.name, next)}
              onHold={hold}
              isDisabled={isDisabled}
            />
          ))}
        </div>
        <Times windowMs={windowMs} />
      </div>
    </figure>
  )
}
