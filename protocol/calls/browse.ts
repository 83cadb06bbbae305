/**
 * The page of a kiosk, seen by the expert of its call: over the socket of the call, between that kiosk and that expert and
 * nobody else, kept nowhere. What of a page can be told is listed here, and nothing else of it can be said at all: of a
 * field there is that it is there and whether something stands in it. There is no place for what stands in it.
 */
import { z } from 'zod'
import { Id, Language } from '../ids.ts'

export const browseMost = {
  /** Elements and texts of one page. A form of a kiosk has some hundreds. */
  nodes: 3_000,
  text: 1_000,
  attribute: 400,
  /** One message as JSON; a whole page and its styles are some. */
  bytes: 96 * 1_024,
  /** Of one message with styles. */
  styles: 40_000,
  value: 200,
} as const

/** What lines are drawn by. */
export const drawnTags = ['path', 'circle', 'ellipse', 'rect', 'line', 'polyline', 'polygon'] as const

/** Of the space of SVG. */
export const svgTags = ['svg', 'g', ...drawnTags] as const

export const copiedTags = [
  'div',
  'span',
  'p',
  'h1',
  'h2',
  'h3',
  'ul',
  'ol',
  'li',
  'dl',
  'dt',
  'dd',
  'br',
  'strong',
  'em',
  'small',
  'main',
  'header',
  'footer',
  'nav',
  'section',
  'aside',
  'article',
  'figure',
  'figcaption',
  'output',
  'time',
  'form',
  'fieldset',
  'legend',
  'label',
  'input',
  'button',
  'img',
  'video',
  'dialog',
  'kbd',
  ...svgTags,
] as const
export type CopiedTag = (typeof copiedTags)[number]

/** What decides how it looks. Neither a value nor a name, an address, or words that only a program reads. */
export const copiedAttributes = [
  'class',
  'lang',
  'dir',
  'open',
  'disabled',
  'hidden',
  'aria-pressed',
  'aria-invalid',
  'maxlength',
  'data-theme',
  'data-elder',
  'data-low',
  'viewBox',
  'width',
  'height',
  'fill',
  'stroke',
  'stroke-width',
  'stroke-linecap',
  'stroke-linejoin',
  'd',
  'cx',
  'cy',
  'r',
  'rx',
  'ry',
  'x',
  'y',
  'x1',
  'x2',
  'y1',
  'y2',
  'points',
] as const
export type CopiedAttribute = (typeof copiedAttributes)[number]

const NodeId = z.int().min(1).max(10_000_000)
const Run = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)
const Pixels = z.number().min(-100_000).max(100_000)
const Share = z.number().min(0).max(1)
const Attributes = z.partialRecord(z.enum(copiedAttributes), z.string().max(browseMost.attribute))

const CopiedText = z.strictObject({ id: NodeId, text: z.string().max(browseMost.text) })
const CopiedElement = z.strictObject({
  id: NodeId,
  tag: z.enum(copiedTags),
  attributes: Attributes,
  /** In their order. */
  kids: z.array(NodeId).max(browseMost.nodes),
  /** Of a field. */
  input: z.enum(['line', 'radio', 'checkbox']).optional(),
  /** Something stands in it. */
  filled: z.literal(true).optional(),
  scrolled: z.tuple([Pixels, Pixels]).optional(),
  /** A picture of the library, by its hash. */
  picture: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
})
export const CopiedNode = z.union([CopiedText, CopiedElement])
export type CopiedNode = z.infer<typeof CopiedNode>
export type CopiedElement = z.infer<typeof CopiedElement>

const Frame = z.strictObject({
  root: NodeId,
  width: Pixels,
  height: Pixels,
  /** Of what stands at the foot of every page. */
  foot: Pixels,
  attributes: Attributes,
})
export type CopiedFrame = z.infer<typeof Frame>

/**
 * `off`: the customer has not agreed, or no longer does. `asked`: stands before the question. `paused`: something secret is
 * typed. `too-large`: the page is more than can be shown.
 */
export const sights = ['off', 'asked', 'on', 'paused', 'too-large'] as const
export type Sight = (typeof sights)[number]

const Title = z.record(Language, z.string().max(120))

/** A field of the page that the expert may propose something for. */
export const ProposableField = z.strictObject({
  id: Id,
  title: Title,
  kind: z.enum(['text', 'number', 'digits', 'date', 'phone', 'choice']),
  options: z.array(z.strictObject({ id: Id, title: Title })).max(12),
})
export type ProposableField = z.infer<typeof ProposableField>

/** `unfit`: the form would not take it. `gone`: the field is not asked for any more. */
export const decisions = ['taken', 'declined', 'unfit', 'gone'] as const
export type Decision = (typeof decisions)[number]

const Proposal = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)

export const BrowseFromKiosk = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sight'),
    sight: z.enum(sights),
    fields: z.array(ProposableField).max(6),
  }),
  /** The rules that it is drawn by, in pieces; before the first page of a run. */
  z.strictObject({
    kind: z.literal('styles'),
    run: Run,
    part: z.int().min(0).max(63),
    parts: z.int().min(1).max(64),
    text: z.string().max(browseMost.styles),
  }),
  /** `whole` begins anew; else these nodes are new or other than before. Numbered without a gap. */
  z.strictObject({
    kind: z.literal('page'),
    run: Run,
    seq: z.int().min(0),
    whole: z.boolean(),
    frame: Frame,
    nodes: z.array(CopiedNode).max(browseMost.nodes),
  }),
  z.strictObject({ kind: z.literal('decided'), proposal: Proposal, field: Id, decision: z.enum(decisions) }),
  /** The customer has put the document away. */
  z.strictObject({ kind: z.literal('put-away'), item: Id }),
])
export type BrowseFromKiosk = z.infer<typeof BrowseFromKiosk>

export const BrowseFromExpert = z.discriminatedUnion('kind', [
  /** A page of the expert's is there: how do things stand? */
  z.strictObject({ kind: z.literal('hello') }),
  z.strictObject({ kind: z.literal('ask') }),
  z.strictObject({ kind: z.literal('end') }),
  /** Something was lost: everything once more. */
  z.strictObject({ kind: z.literal('again') }),
  /** Where in an element the expert points; `isMark`: to stay there for a while. */
  z.strictObject({
    kind: z.literal('point'),
    run: Run,
    node: NodeId,
    x: Share,
    y: Share,
    isMark: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('point-away') }),
  z.strictObject({
    kind: z.literal('propose'),
    proposal: Proposal,
    field: Id,
    value: z.string().min(1).max(browseMost.value),
  }),
  z.strictObject({ kind: z.literal('take-back'), proposal: Proposal }),
])
export type BrowseFromExpert = z.infer<typeof BrowseFromExpert>

export const BrowseSaid = z.union([BrowseFromKiosk, BrowseFromExpert])
export type BrowseSaid = z.infer<typeof BrowseSaid>

/** What of it goes on record, with who and when: that it was, never what it was. */
export const browseFacts = [
  'page-shown',
  'page-hidden',
  'proposal-taken',
  'proposal-declined',
  'document-put-away',
] as const
export type BrowseFact = (typeof browseFacts)[number]
