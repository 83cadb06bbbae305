/** What brings somebody here: services, tickets, help. */
import type { Words } from './word.ts'

export const journeyWords = {
  whatBringsYou: {
    zh: '您今天要办什么？',
    en: 'What brings you here?',
    elder: { zh: '您要办什么？', en: 'What would you like to do?' },
  },
  haveTicket: { zh: '我有排队号', en: 'I have a ticket' },
  haveTicketText: { zh: '应邀来办理的，请先输入号码', en: 'You were invited: enter your number first' },
  yourTicket: { zh: '您的排队号：{ticket}', en: 'Your ticket: {ticket}' },
  ticketKept: {
    zh: '您的排队位置已保留。',
    en: 'Your place in the queue is kept.',
  },
  here: { zh: '可在此办理', en: 'Can be done here' },
  wait: { zh: '窗口预计等候 {time}', en: 'Counter: about {time} wait' },
  noWait: { zh: '窗口无需等候', en: 'Counter: no wait' },
  more: { zh: '更多业务', en: 'More services' },
  noServices: {
    zh: '现在没有可选的业务，请找工作人员。',
    en: 'There is nothing to choose just now. Please ask our staff.',
  },
  ticketNumber: { zh: '请输入您的排队号', en: 'Enter your ticket number' },
  ticketHint: { zh: '号码印在小票上，例如 A012。', en: 'It is printed on the slip, for example A012.' },
  ticketWrong: { zh: '请输入小票上的号码', en: 'Enter the number on the slip' },
  confirm: { zh: '确定', en: 'Confirm' },
  delete: { zh: '删除', en: 'Delete' },
  howToDo: { zh: '您想怎样办理？', en: 'How would you like to do it?' },
  doHere: { zh: '现在就办', en: 'Do it now' },
  minutes: { zh: '约 {n} 分钟', en: 'about {n} min' },
  takeTicket: { zh: '取号去窗口', en: 'Take a ticket for the counter' },
  takeTicketWait: { zh: '预计等候 {time}', en: 'about {time} wait' },
  takeTicketNoWait: { zh: '无需等候', en: 'no wait' },
  issuing: { zh: '正在取号…', en: 'Getting your number…' },
  noTicket: {
    zh: '暂时不能取号，请找工作人员。',
    en: 'No ticket can be issued just now. Please ask our staff.',
  },
  ticketMachine: {
    zh: '窗口业务请到取号机取号，或找工作人员。',
    en: 'For the counter take a number at the ticket machine, or ask our staff.',
  },
  ticketTaken: { zh: '您的号码', en: 'Your number' },
  ticketNext: {
    zh: '请留意屏幕叫号。',
    en: 'Please watch the screens: your number will be called.',
  },
  ticketAway: {
    zh: '系统恢复后，您的号码会排入队列。请把号码告诉工作人员。',
    en: 'Your number joins the queue when the system is back. Please tell our staff.',
  },
  ticketAt: { zh: '取号时间 {time}', en: 'Taken at {time}' },
  waitOf: { zh: '预计等候 {time}', en: 'Announced wait: {time}' },
  print: { zh: '打印小票', en: 'Print the slip' },
  done: { zh: '完成', en: 'Done' },
  another: { zh: '办理其他业务', en: 'Do something else' },
  helpTitle: { zh: '需要工作人员吗？', en: 'Would you like somebody to come?' },
  helpText: {
    zh: '工作人员会来到本机旁。您填写的内容不会发送给任何人。',
    en: 'Somebody of our staff comes to this kiosk. What you have entered is sent to nobody.',
  },
  callNow: { zh: '请工作人员过来', en: 'Call somebody' },
  callAgain: { zh: '再次呼叫', en: 'Call again' },
  calling: { zh: '正在发送您的请求…', en: 'Your request is on its way…' },
  called: {
    zh: '已呼叫工作人员，请稍候。您可以继续办理。',
    en: 'Our staff have been called. You can carry on meanwhile.',
  },
  callAway: {
    zh: '现在连不上系统，呼叫发不出去。请直接找工作人员。',
    en: 'The system cannot be reached, so nobody can be called from here. Please speak to our staff in person.',
  },
  expertTitle: { zh: '请专家协助？', en: 'Ask for an expert?' },
  expertText: {
    zh: '我们会为您联系一位专家。只会告知您的业务和语言，不会发送您填写的内容，此时也不会开启摄像头或麦克风。',
    en: 'We call an expert for you. They learn your service and language, and nothing that you entered. No camera or microphone is switched on for this.',
  },
  expertAgree: { zh: '同意并呼叫', en: 'Agree and call' },
  expertCalled: {
    zh: '正在为您联系专家，请稍候。接通之前，工作人员也可能先来帮您。',
    en: 'Somebody is being called for you. Our staff may come to you first.',
  },
  carryOn: { zh: '继续办理', en: 'Carry on' },
} as const satisfies Words
