/** Errors of the content library: files that cannot be shown, versions that wait for a second person, playlists. */
import { type ErrorRow, row } from './error-row.ts'

export const contentErrors = {
  'content.unknown': row(
    'The library has no such item, version or file.',
    'operator',
    'no',
    'Look at the library anew; the text names what is missing.',
  ),
  'content.no-file': row(
    'This file is not in the library.',
    'operator',
    'after-change',
    'Upload the file first. One that no item uses is kept for a day.',
  ),
  'content.type': row(
    'This is no file that a screen can show.',
    'operator',
    'after-change',
    'Use JPEG, PNG, WebP or GIF, MP4 (H.264, H.265, VP9, AV1) or WebM, or a page (HTML). What is inside counts, not its name.',
  ),
  'content.svg': row(
    'SVG is not shown: it can carry programs and reach for other files.',
    'operator',
    'after-change',
    'Export the picture as PNG, then upload that.',
  ),
  'content.broken': row(
    'This file is damaged or not complete.',
    'operator',
    'after-change',
    'Open it on your computer; export or copy it once more, then upload it again.',
  ),
  'content.too-large': row(
    'This file is larger than the limit.',
    'operator',
    'after-change',
    'Make it smaller: a video with a lower bit rate, a picture with fewer pixels. The text names the limit.',
  ),
  'content.dimensions': row(
    'This picture or video has too many pixels.',
    'operator',
    'after-change',
    'Scale it down: at most 8192 pixels a side and 40 million in all. A screen shows 3840 by 2160 at most.',
  ),
  'content.page': row(
    'This page contains something that no page on a screen may have.',
    'operator',
    'after-change',
    'Take out what the text names: only text, styles within the page, and pictures within it (data:) are shown.',
  ),
  'content.quota': row(
    'The content library is full.',
    'operator',
    'after-change',
    'Raise content.bytesMax. The last 30 versions of each item keep their files; what no version uses is removed a day later.',
  ),
  'content.empty': row(
    'There is nothing to show.',
    'operator',
    'after-change',
    'Give a file, a template or words.',
  ),
  'content.title': row('A new item needs a title.', 'operator', 'after-change', 'Give it one.'),
  'content.own': row(
    'Who added this version does not judge it.',
    'operator',
    'no',
    'Somebody else who edits content approves or declines it; who added it can withdraw it.',
  ),
  'content.others': row(
    'Only who added this version can withdraw it.',
    'operator',
    'no',
    'Decline it instead.',
  ),
  'content.judged': row(
    'This version does not wait for a second person any more.',
    'operator',
    'no',
    'The text says what became of it; if it is still wanted, add it once more.',
  ),
  'content.not-approved': row(
    'This version was never approved.',
    'operator',
    'after-change',
    'Only what a second person approved can be put in force.',
  ),
  'content.expired': row(
    'Its last day is past.',
    'operator',
    'after-change',
    'Add a version with a later last day, and have it approved.',
  ),
  'content.product-code': row(
    'A campaign shows this item, and it names no product code.',
    'operator',
    'after-change',
    'Add a version that carries the product code, and have that approved.',
  ),
  'content.too-many': row(
    'That is more than the library or a screen can hold.',
    'operator',
    'after-change',
    'The text names the limit: shorten a playlist, or take items off.',
  ),
  'content.dates': row(
    'It would end before it begins.',
    'operator',
    'after-change',
    'Give a last day that is not before the first.',
  ),
  'playlist.unknown': row(
    'There is no such playlist.',
    'operator',
    'no',
    'Look at the playlists anew; somebody may have removed it.',
  ),
  'campaign.of-file': row(
    'A campaign of this name is declared in the branch file.',
    'operator',
    'after-change',
    'Choose another name, or change it in the branch file.',
  ),
} as const satisfies Record<string, ErrorRow>
