/** What the page for screens and kiosks says. */
import type { Pair } from '../../../ui/words.ts'

const pairs = {
  title: { zh: '屏幕与智能柜台', en: 'Screens and kiosks' },
  unreached: { zh: '现在无法读取', en: 'This cannot be read now' },
  unreachedText: { zh: '没有连接到系统。', en: 'The hub is not reached.' },
  loading: { zh: '正在读取…', en: 'Reading…' },

  waiting: { zh: '等待接入', en: 'Waiting to be let in' },
  waitingNone: { zh: '没有页面在等待', en: 'No page is waiting' },
  open: {
    zh: '在屏幕或智能柜台的电脑上用 Chromium 打开以下地址，屏幕上会显示六位配对码：',
    en: 'On the PC of the screen or the kiosk, open this address in Chromium. It then shows six characters:',
  },
  openOther: { zh: '其他页面的地址', en: 'Open another page' },
  since: { zh: '{age}前开始等待，来自 {address}', en: 'For {age}, from {address}' },
  'kind.screen': { zh: '屏幕', en: 'Screen' },
  'kind.kiosk': { zh: '智能柜台', en: 'Kiosk' },

  closed: { zh: '本系统目前不接受页面设备', en: 'This hub lets no pages in' },
  closedText: {
    zh: '请系统管理员在设置中开启 mqtt.websocket（其他电脑还需其中的 tls），然后重启。',
    en: 'Whoever looks after the hub has to open mqtt.websocket in its settings, with tls for other PCs than its own, and start it anew.',
  },
  localOnly: { zh: '只有中枢本机上的页面可以接入', en: 'Only pages on the hub’s own machine can come in' },
  localOnlyText: {
    zh: '其他电脑需要在设置中开启 mqtt.websocket.tls。',
    en: 'For other PCs mqtt.websocket.tls has to be on in its settings.',
  },

  letIn: { zh: '接入一个页面', en: 'Let a page in' },
  code: { zh: '屏幕上的六位配对码', en: 'The six characters on the screen' },
  codeHint: {
    zh: '请对照您面前的屏幕输入，不区分大小写。',
    en: 'As the screen in front of you shows them; any case.',
  },
  codeUnknown: {
    zh: '没有页面正显示该码。请再看一眼屏幕，可能已换新码。',
    en: 'No page shows this now. Look at the screen again: it may have a new one.',
  },
  codeFound: { zh: '{kind}，{age}前开始等待', en: '{kind}, waiting for {age}' },
  which: { zh: '它是哪台设备？', en: 'Which device is it?' },
  newOne: { zh: '新设备', en: 'A new one' },
  'newText.screen': { zh: '网点里还没有登记这块屏幕', en: 'A screen that the branch does not have yet' },
  'newText.kiosk': { zh: '网点里还没有登记这台智能柜台', en: 'A kiosk that the branch does not have yet' },
  taken: { zh: '已有页面', en: 'Taken' },
  free: { zh: '未接入', en: 'Free' },
  nameZh: { zh: '中文名称', en: 'Name in Chinese' },
  nameEn: { zh: '英文名称', en: 'Name in English' },
  zone: { zh: '所在区域', en: 'Zone' },
  asId: { zh: '编号：{id}', en: 'Its name in the branch file: {id}' },
  replaces: {
    zh: '“{device}”已有页面。确认后原来的页面立即停用，并重新显示配对码。',
    en: 'Another page is “{device}”. It is shut out at once, and shows a code of its own.',
  },
  admit: { zh: '接入', en: 'Let it in' },
  replace: { zh: '取代并接入', en: 'Replace and let in' },
  refused: { zh: '未接入', en: 'Not let in' },
  refusedText: {
    zh: '没有连接到系统，请重试。',
    en: 'The hub is not reached. Try again.',
  },

  coming: { zh: '“{device}”正在接入…', en: '“{device}” is coming in…' },
  comingText: {
    zh: '通常只需几秒。若屏幕显示新的配对码，请重新输入。',
    en: 'A few seconds as a rule. If the screen shows another code, type that one.',
  },
  isIn: { zh: '“{device}”已在线', en: '“{device}” is online' },
  another: { zh: '再接入一个', en: 'Let another one in' },
} as const satisfies Record<string, Pair>

export const devicesInWords: Readonly<Record<keyof typeof pairs, Pair>> = pairs
