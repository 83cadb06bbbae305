/** What stands in the same place on every page, and what is said while nobody is there. */
import type { Words } from './word.ts'

export const frameWords = {
  welcome: { zh: '您好，请选择语言开始', en: 'Welcome. Choose a language to begin.' },
  elder: { zh: '长辈版', en: 'Large and simple' },
  contrast: { zh: '高对比', en: 'High contrast' },
  low: { zh: '低位操作', en: 'Low controls' },
  view: { zh: '语言与显示', en: 'Language, display' },
  viewTitle: { zh: '您想怎样查看？', en: 'How would you like to see it?' },
  readOn: { zh: '好了', en: 'Done' },
  language: { zh: '语言', en: 'Language' },
  help: { zh: '找工作人员', en: 'Call staff', elder: { zh: '叫人帮忙', en: 'Get help' } },
  expert: { zh: '呼叫专家', en: 'Call an expert', elder: { zh: '问专家', en: 'Ask an expert' } },
  back: { zh: '返回', en: 'Back' },
  startOver: { zh: '结束', en: 'End', elder: { zh: '不办了', en: 'Stop' } },
  startOverWhole: { zh: '并清除我的信息', en: 'and clear my details' },
  tools: { zh: '随时可用', en: 'At any time' },
  away: {
    zh: '暂时连不上网点系统。本机业务照常可办，请直接找工作人员取得帮助。',
    en: 'The branch system cannot be reached just now. What this kiosk does itself still works. For help, please speak to staff in person.',
    elder: {
      zh: '系统暂时连不上。要帮忙，请直接找身边的工作人员。',
      en: 'The system is not reachable just now. For help, please speak to somebody of our staff.',
    },
  },
  told: { zh: '{time} 已呼叫工作人员', en: 'Staff were called at {time}' },
  toldExpert: { zh: '{time} 已请求专家协助', en: 'An expert was asked for at {time}' },
  stillThere: { zh: '您还在吗？', en: 'Are you still there?' },
  stillThereText: {
    zh: '{seconds} 秒后将结束，并清除您的信息。',
    en: 'In {seconds} s this ends and your details are cleared.',
  },
  stillHere: { zh: '我还在，继续', en: 'Yes, carry on' },
  closed: { zh: '本机暂停服务', en: 'This kiosk is out of service' },
  closedText: {
    zh: '请使用其他智能柜台，或联系工作人员。',
    en: 'Please use another kiosk, or ask our staff.',
  },
  emergency: { zh: '紧急情况', en: 'Emergency' },
  emergencyText: {
    zh: '请停止办理，听从工作人员指引离开。',
    en: 'Please stop what you are doing and follow the directions of our staff.',
  },
  branchClosed: { zh: '网点现在未营业', en: 'The branch is closed now' },
  staffDoor: { zh: '工作人员入口，请长按', en: 'For staff: press and hold' },
  moreAbout: { zh: '了解更多', en: 'Tell me more' },
  thanks: { zh: '谢谢！工作人员可以为您详细介绍。', en: 'Thank you. Our staff are glad to tell you more.' },
  promotion: { zh: '产品推荐', en: 'A suggestion' },
} as const satisfies Words
