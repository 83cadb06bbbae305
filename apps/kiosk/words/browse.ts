/** Looking at the page together with an expert: asked, said, pointed at, proposed and shown. */
import type { Words } from './word.ts'

export const browseWords = {
  browseQuestion: { zh: '让{expert}查看本页面吗？', en: 'May {expert} see this page?' },
  browseText: {
    zh: '{expert}能看到页面和您填到哪一步，看不到您填写的内容，也不能替您操作。输入密码时会自动暂停，您可以随时停止。',
    en: '{expert} sees the page and where you are in it. What you enter is not shown, and nobody else can press anything here. It pauses while something secret is typed, and you can stop it at any time.',
    elder: {
      zh: '{expert}能看到页面，看不到您填写的内容，也不能替您操作。您可以随时停止。',
      en: '{expert} sees the page, but not what you enter, and cannot press anything. You can stop at any time.',
    },
  },
  browseAgree: { zh: '可以查看', en: 'Yes, show the page' },
  browseDecline: { zh: '不可以', en: 'No' },
  browseSign: {
    zh: '{expert}可以看到本页面，看不到您填写的内容',
    en: '{expert} sees this page, without what you enter',
  },
  browsePaused: { zh: '已暂停：{expert}现在看不到本页面', en: 'Paused: {expert} does not see this page now' },
  browseStop: { zh: '停止查看', en: 'Stop showing' },
  browseLook: { zh: '{expert}：请看这里', en: '{expert}: please look here' },
  proposalTitle: { zh: '{expert}建议填写“{field}”', en: '{expert} proposes for “{field}”' },
  proposalText: {
    zh: '请您核对。采用后仍可修改。',
    en: 'Please check it. You can still change it afterwards.',
  },
  proposalTake: { zh: '采用', en: 'Take it over' },
  proposalDecline: { zh: '不采用', en: 'No' },
  documentFrom: { zh: '{expert}请您看：{document}', en: '{expert} shows you: {document}' },
  documentClose: { zh: '看完了', en: 'Close' },
  documentMissing: { zh: '图片暂时无法显示。', en: 'The picture cannot be shown just now.' },
  onWithIt: { zh: '继续办理', en: 'Carry on with your business' },
} as const satisfies Words
