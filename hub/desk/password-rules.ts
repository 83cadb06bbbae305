/**
 * What a new password must be like, by NIST SP 800-63B-4: long, and not among the first that anybody would try. No rules
 * of what it must be composed of, no date on which it ends: both lead to worse passwords.
 */
import { passwordCharactersMax } from '#protocol/desk/account.ts'
import { UsherError } from '#protocol/errors.ts'

/** Where the password is all that is asked for (3.1.1.2). */
export const passwordCharactersMin = 15

/** After everything obvious is taken out, so much must be left. */
const ownCharactersMin = 6

const obviousParts = [
  'password',
  'passwort',
  'passw0rd',
  'p@ssw0rd',
  'passphrase',
  'changeme',
  'letmein',
  'welcome',
  'administrator',
  'admin',
  'manager',
  'auditor',
  'expert',
  'default',
  'secret',
  'iloveyou',
  'sunshine',
  'princess',
  'football',
  'monkey',
  'dragon',
  'master',
  'usher',
  'bank',
  'lobby',
  'branch',
  'woaini',
  'mima',
  'yinhang',
  'correcthorsebatterystaple',
  '银行',
  '密码',
  '管理员',
  '网点',
  '大堂经理',
  '大堂',
  '我爱你',
  '你好',
  '中国',
]

/** As NIST counts: each code point is a character. */
const codePoints = (text: string): number => Array.from(text).length

/** What fingers do by themselves: rows of a keyboard, the alphabet, digits, forwards and backwards. */
const rows = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1q2w3e4r5t6y7u8i9o0p',
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  '一二三四五六七八九十',
]
const runs = rows.flatMap((row) => [row, Array.from(row).reverse().join('')])
const runMin = 3

/** Takes out the longest run that starts here, if any is long enough. */
const runAt = (text: string): number => {
  let longest = 0
  for (const run of runs) {
    const start = run.indexOf(text.slice(0, runMin))
    if (start < 0 || text.length < runMin) continue
    let length = runMin
    while (length < text.length && start + length < run.length && text[length] === run[start + length])
      length++
    longest = Math.max(longest, length)
  }
  return longest
}

const withoutRuns = (text: string): string => {
  let left = ''
  for (let at = 0; at < text.length; ) {
    const length = runAt(text.slice(at))
    if (length === 0) left += text[at++]
    else at += length
  }
  return left
}

/** `abcabcabc` and `aaaaaaa` are as good as what they repeat. */
const withoutRepeats = (text: string): string => text.replace(/(.{1,16}?)\1+/gu, '$1')

/** @returns what is left of a password when everything obvious is taken out of it. */
const ownPart = (password: string, about: readonly string[]): string => {
  const parts = [...obviousParts, ...about.flatMap((one) => [one, ...one.split('-')])]
    .filter((part) => part.length > 1)
    .sort((a, b) => b.length - a.length)
  const plain = password.normalize('NFKC').toLowerCase()
  const told = parts.reduce((text, part) => text.replaceAll(part, ''), plain)
  return withoutRepeats(withoutRuns(withoutRepeats(told.replaceAll(/[\s\p{P}\p{S}]/gu, ''))))
}

/**
 * `about`: names that anybody would think of for this account.
 * @throws UsherError `password.short`, `password.long`, `password.obvious`
 */
export const checkNewPassword = (password: string, about: readonly string[]): void => {
  const characters = codePoints(password.normalize('NFC'))
  if (characters < passwordCharactersMin) throw new UsherError('password.short')
  if (characters > passwordCharactersMax) throw new UsherError('password.long')
  if (codePoints(ownPart(password, about)) < ownCharactersMin) throw new UsherError('password.obvious')
}
