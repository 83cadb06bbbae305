/** Limits of the recordings of a hub. Whether anything is recorded at all is said by the branch file alone. */
import { z } from 'zod'

const about = (unit: string, description: string) => ({ unit, description })
const gigabyte = 1_024 ** 3

export const RecordingSettings = z.strictObject({
  bytesMax: z
    .int()
    .min(0)
    .default(100 * gigabyte)
    .meta(
      about(
        'bytes',
        'All recordings together: above it no other one begins. Both copies of two people were 4.7 MB a minute with test pictures, 0.28 GB an hour. Real cameras may need more, up to about 1.2 GB an hour: of each of the two a picture of 600 kbit/s and a voice of 32 in the page’s own copy, and of 700 and about 32 in the hub’s.',
      ),
    ),
  freeBytesMin: z
    .int()
    .min(0)
    .default(4 * gigabyte)
    .meta(about('bytes', 'Left free on the disk for the journal: below it no recording begins.')),
  atOnceMax: z
    .int()
    .min(1)
    .max(32)
    .default(4)
    .meta(about('sales', 'Recorded at the same time; each is a process of about 130 MB.')),
  pageBytesMax: z
    .int()
    .min(1_048_576)
    .default(2 * gigabyte)
    .meta(about('bytes', 'Of one participant’s own copy.')),
  sealWaitMs: z
    .int()
    .min(0)
    .default(45_000)
    .meta(about('ms', 'What pages still have to send is waited for so long before the seal.')),
})
export type RecordingSettings = z.infer<typeof RecordingSettings>
