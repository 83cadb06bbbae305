/**
 * A packed batch as one text for the log: a line of numbers, then every cell's text, one after the other. Nothing that
 * is JSON already is escaped a second time.
 */
import type { Cell, PackedBatch, PackedEntry } from './pack.ts'

/** A text cell is told by its length; these stand for the others. */
const absent = -1
const numberFollows = -2

const entryCells = 5

export const batchText = (batch: PackedBatch): string => {
  const numbers: number[] = [batch.epoch, batch.fromSeq]
  let text = ''
  const put = (cell: Cell) => {
    if (typeof cell === 'string') {
      numbers.push(cell.length)
      text += cell
    } else if (cell === null) numbers.push(absent)
    else numbers.push(numberFollows, cell)
  }
  const putAll = (cells: readonly Cell[]) => {
    numbers.push(cells.length)
    for (const cell of cells) put(cell)
  }
  put(batch.branch)
  numbers.push(batch.entries.length * entryCells)
  for (const { at, kind, device, cause, body } of batch.entries) {
    put(at)
    put(kind)
    put(device)
    put(cause)
    put(body)
  }
  putAll(batch.decisions)
  putAll(batch.put)
  numbers.push(...batch.born)
  putAll(batch.dropped)
  putAll(batch.claimsAdded)
  putAll(batch.claimsChanged.flat())
  putAll(batch.claimsDropped)
  putAll(batch.ended)
  return `${numbers.join(',')}\n${text}`
}

/** Of the very text that `batchText` made. */
export const parseBatchText = (text: string): PackedBatch => {
  const cells = readCells(text)
  const [epoch, fromSeq] = [cells.number(), cells.number()]
  const branch = cells.next() as string
  const flat = cells.list()
  const entries: PackedEntry[] = []
  for (let at = 0; at < flat.length; at += entryCells) {
    const [time, kind, device, cause, body] = flat.slice(at, at + entryCells) as [
      number,
      string,
      string | null,
      string | null,
      string,
    ]
    entries.push({ seq: fromSeq + 1 + entries.length, at: time, kind, device, cause, body })
  }
  const decisions = cells.list()
  const put = cells.list()
  const born = Array.from({ length: put.length / 3 }, () => cells.number() as 0 | 1)
  const dropped = cells.list()
  const claimsAdded = cells.list()
  const changed = cells.list() as string[]
  const claimsChanged: [string, string][] = []
  for (let at = 0; at < changed.length; at += 2)
    claimsChanged.push([changed[at] as string, changed[at + 1] as string])
  const claimsDropped = cells.list() as string[]
  const ended = cells.list()
  return {
    branch,
    epoch,
    fromSeq,
    entries,
    decisions,
    put,
    born,
    dropped,
    claimsAdded,
    claimsChanged,
    claimsDropped,
    ended,
  }
}

const readCells = (text: string) => {
  const line = text.indexOf('\n')
  const numbers = JSON.parse(`[${text.slice(0, line)}]`) as number[]
  let next = 0
  let at = line + 1
  const number = (): number => numbers[next++] as number
  const cell = (): Cell => {
    const told = number()
    if (told === absent) return null
    if (told === numberFollows) return number()
    at += told
    return text.slice(at - told, at)
  }
  return {
    number,
    next: cell,
    list: (): Cell[] => Array.from({ length: number() }, cell),
  }
}
