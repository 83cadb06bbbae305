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
  salePaused: { zh: '录音录像已暂停', en: 'Recording is paused' },
} as const satisfies Words
