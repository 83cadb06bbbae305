/** What exactly is wrong with the script of a product, for whoever reads it in another language. */
export const scriptDetailWords = {
  'script-silent': {
    zh: '{at}：“{name}”去掉语气词和标点后为空，永远无法听到',
    en: '{at}: nothing is left of “{name}” without hesitation and punctuation',
  },
  'script-contrary': {
    zh: '{at}：“{name}”包含自己在 unless 中的反义说法，永远无法听到',
    en: '{at}: “{name}” holds one of its own contraries under unless',
  },
  'script-forbidden': {
    zh: '{at}：“{name}”是必说内容，却被禁用语“{forbidden}”禁止',
    en: '{at}: “{name}” has to be said, and “{forbidden}” forbids it',
  },
  'script-no-consent': {
    zh: '{at}：只有 kind: consent 的项目才回答问题',
    en: '{at}: only an item of the kind consent answers a question',
  },
  'script-seller-consents': { zh: '{at}：只有客户可以表示同意', en: '{at}: only the customer consents' },
  'script-no-question': {
    zh: '{at}：客户的同意须回答此前销售人员的一个提问，“{name}”不是',
    en: '{at}: a consent answers an item of the seller before it; “{name}” is none',
  },
  'script-never-done': {
    zh: '{at}：没有语音引擎（inspector: none），“{name}”又不可勾选，永远无法完成',
    en: '{at}: nobody listens (inspector: none), and nobody may tick “{name}”',
  },
} as const satisfies Record<string, Readonly<Record<'zh' | 'en', string>>>
