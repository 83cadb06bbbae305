/** Where the recorder comes into the room of a call, or of a sale without one, and what its pages are told of it. */
import type { RecorderEar, RecorderSeat } from '../calls/line/side.ts'

export interface Seats {
  seat(room: string, ear: RecorderEar): Promise<RecorderSeat>
  /** What pages are told of the recording is another thing than before. */
  changed(room: string): void
}
