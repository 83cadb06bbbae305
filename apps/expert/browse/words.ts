/** What the console says about looking at the customer's page together, and about documents. */
import type { Pair } from '../../ui/words.ts'

const pairs = {
  together: { zh: '共同查看', en: 'Looking at it together' },
  ask: { zh: '查看客户页面', en: 'See the page' },
  end: { zh: '停止查看', en: 'Stop seeing it' },
  'sight.off': {
    zh: '您看不到客户的页面。需客户在智能柜台上同意。',
    en: 'You do not see the customer’s page. The customer is asked on the kiosk.',
  },
  'sight.asked': { zh: '正在等待客户同意…', en: 'The customer is being asked…' },
  'sight.on': {
    zh: '您可以看到客户的页面，看不到填写的内容。点击可标记位置。',
    en: 'You see the customer’s page without what is entered. A click marks a place.',
  },
  'sight.paused': {
    zh: '已暂停：客户正在输入保密内容。',
    en: 'Paused: the customer is at something secret.',
  },
  'sight.too-large': {
    zh: '此页面内容过多，无法显示。',
    en: 'This page is too large to be shown.',
  },
  page: { zh: '客户的页面（不能操作）', en: 'The customer’s page, to look at' },
  point: { zh: '指向页面', en: 'Point at the page' },
  look: { zh: '请看这里', en: 'Look here' },
  lookTitle: { zh: '请客户看哪里？', en: 'Where shall the customer look?' },
  lookNone: { zh: '页面上没有可指的内容。', en: 'There is nothing on the page to point at.' },
  marked: { zh: '已在客户页面上标记。', en: 'Marked on the customer’s page.' },
  propose: { zh: '建议填写', en: 'Propose' },
  proposeTitle: { zh: '建议填写的内容', en: 'Propose an entry' },
  proposeHint: {
    zh: '客户看到后决定是否采用。只记录是否采用，不记录内容。',
    en: 'The customer reads it and takes it over or not. What is kept is that, never the value.',
  },
  field: { zh: '填写项', en: 'Field' },
  value: { zh: '内容', en: 'Value' },
  'hint.date': { zh: '如 1990-05-31', en: 'Such as 1990-05-31' },
  send: { zh: '发送给客户', en: 'Send to the customer' },
  'proposal.waiting': { zh: '“{field}”：等待客户决定…', en: '“{field}”: the customer is deciding…' },
  'proposal.taken': { zh: '“{field}”：客户已采用', en: '“{field}”: taken over' },
  'proposal.declined': { zh: '“{field}”：客户未采用', en: '“{field}”: not taken over' },
  'proposal.unfit': {
    zh: '“{field}”：内容不符合填写要求',
    en: '“{field}”: the form does not take this value',
  },
  'proposal.gone': { zh: '“{field}”：客户已不在此项', en: '“{field}”: the customer is no longer at it' },
  document: { zh: '展示资料', en: 'Show a document' },
  documents: { zh: '展示哪份资料？', en: 'Which document?' },
  documentsHint: {
    zh: '网点资料库中已通过复核的图片和文字，会在智能柜台上大幅显示。',
    en: 'Pictures and words of the branch’s library that two people agreed to. The kiosk shows it large.',
  },
  documentsNone: {
    zh: '资料库中没有可展示的图片或文字。',
    en: 'The library has no picture or words to show.',
  },
  documentsFailed: { zh: '无法读取资料：{text}', en: 'The library cannot be read: {text}' },
  documentsAway: {
    zh: '无法连接到系统，请稍后再试。',
    en: 'The hub cannot be reached. Try again in a moment.',
  },
  show: { zh: '展示给客户', en: 'Show it' },
  shown: { zh: '客户正在看：{title}', en: 'The customer is looking at: {title}' },
  putAway: { zh: '收起资料', en: 'Put it away' },
} as const satisfies Record<string, Pair>

export const browseWords: Readonly<Record<keyof typeof pairs, Pair>> = pairs
