/** A sale that is recorded: what the customer is asked, and the sign that stays. */
import type { Words } from './word.ts'

export const saleWords = {
  saleConsentTitle: { zh: '是否同意录音录像？', en: 'May this be recorded?' },
  saleConsent: {
    zh: '办理“{product}”需要全程录音录像，记录双方说的话和画面，由银行加密保存，只供核查使用。\n不同意也没有关系：不会录制，其他服务照常，但不能在此购买该产品。',
    en: 'Buying “{product}” has to be recorded with sound and picture: what both of you say and show. The bank keeps it encrypted, to be looked at only when something has to be checked.\nYou may say no: nothing is recorded and everything else goes on, but this product cannot be bought here.',
    elder: {
      zh: '买“{product}”要全程录音录像，银行会妥善保存。\n不同意也可以，其他事照常办，只是不能在这里买。',
      en: 'Buying “{product}” has to be recorded. The bank keeps it safe.\nYou may say no; you just cannot buy it here.',
    },
  },
  saleAgree: { zh: '同意录音录像', en: 'Yes, record it' },
  saleDecline: { zh: '不同意', en: 'No' },
  saleRecording: { zh: '正在录音录像', en: 'Being recorded' },
  saleStarting: {
    zh: '摄像头和麦克风已开，即将开始录音录像',
    en: 'Camera and microphone are on; recording is about to begin',
  },
  saleHere: { zh: '本机正在录音录像', en: 'Recording at this kiosk' },
  saleYou: { zh: '摄像头里的您', en: 'You, as the camera sees you' },
  saleSeen: {
    zh: '本机的摄像头和麦克风已打开，供本次销售录音录像。您可以随时停止。',
    en: 'The camera and microphone of this kiosk are on, to record this sale. You may stop it at any time.',
  },
  saleCameraTrouble: {
    zh: '摄像头或麦克风打不开，无法录制。请再试一次，或告诉工作人员。',
    en: 'The camera or microphone cannot be used, and nothing can be recorded here. Try again, or tell staff.',
  },
  saleBroken: {
    zh: '录音录像打不开。请再试一次，或告诉工作人员。',
    en: 'The recording cannot be opened here. Try again, or tell staff.',
  },
  saleStopped: {
    zh: '已停止，本机的摄像头和麦克风已关闭。',
    en: 'Stopped. The camera and microphone of this kiosk are off.',
  },
  saleStop: { zh: '停止录音录像', en: 'Stop recording' },
  salePaused: { zh: '录音录像已暂停', en: 'Recording is paused' },
} as const satisfies Words
