/** Where the recorder comes into a call, and what its pages are told of it. */
import type { RecorderEar, RecorderSeat } from '../calls/line/side.ts'

export interface Seats {
  seat(call: string, ear: RecorderEar): Promise<RecorderSeat>
  /** What pages are told of the recording is another thing than before. */
  changed(call: string): void
}
