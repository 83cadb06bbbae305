/** What the pages of the desk say, in both languages. */
import type { DeskTongue } from '#protocol/desk/errors.ts'
import type { DeskRole } from '#protocol/desk/roles.ts'

export interface PageWords {
  readonly product: string
  readonly signIn: string
  readonly name: string
  readonly password: string
  readonly setUp: string
  readonly setUpFirst: string
  readonly setUpFor: string
  readonly newPassword: string
  readonly passwordHint: string
  readonly nameHint: string
  readonly save: string
  readonly signedInAs: string
  readonly roles: string
  readonly sessions: string
  readonly since: string
  readonly seen: string
  readonly from: string
  readonly browser: string
  readonly thisOne: string
  readonly end: string
  readonly changePassword: string
  readonly currentPassword: string
  readonly changed: string
  readonly signOut: string
  readonly signOutEverywhere: string
  readonly back: string
  readonly toLobby: string
  readonly toExpert: string
  readonly toRecordings: string
  readonly number: string
  readonly notDone: string
  readonly otherTongue: string
}

export const pageWords: Readonly<Record<DeskTongue, PageWords>> = {
  en: {
    product: 'Usher',
    signIn: 'Sign in',
    name: 'Name',
    password: 'Password',
    setUp: 'Set your password',
    setUpFirst: 'Set up this hub: the first administrator',
    setUpFor: 'Account',
    newPassword: 'New password',
    passwordHint: 'At least 15 characters. A few words in a row are easy to remember.',
    nameHint:
      'Lower-case letters, digits and dashes; the same as in the branch file, if you work in the branch.',
    save: 'Save and sign in',
    signedInAs: 'Signed in as',
    roles: 'Roles',
    sessions: 'Where you are signed in',
    since: 'Since',
    seen: 'Last used',
    from: 'Address',
    browser: 'Browser',
    thisOne: 'this one',
    end: 'End',
    changePassword: 'Change password',
    currentPassword: 'Current password',
    changed: 'The password is changed. All your other sessions have ended.',
    signOut: 'Sign out',
    signOutEverywhere: 'Sign out everywhere',
    back: 'Back',
    toLobby: 'To the lobby',
    toExpert: 'To the expert desk',
    toRecordings: 'To recorded sales',
    number: 'Number for whoever helps you',
    notDone: 'That did not work',
    otherTongue: '中文',
  },
  zh: {
    product: 'Usher',
    signIn: '登录',
    name: '用户名',
    password: '密码',
    setUp: '设置密码',
    setUpFirst: '初始设置：创建第一位管理员',
    setUpFor: '账户',
    newPassword: '新密码',
    passwordHint: '至少 15 个字符。把几个词连成一句话，容易记住。',
    nameHint: '小写字母、数字和连字符；网点员工请使用网点文件中的编号。',
    save: '保存并登录',
    signedInAs: '当前账户',
    roles: '角色',
    sessions: '登录记录',
    since: '登录时间',
    seen: '最近使用',
    from: '地址',
    browser: '浏览器',
    thisOne: '当前',
    end: '结束',
    changePassword: '修改密码',
    currentPassword: '当前密码',
    changed: '密码已修改，其他登录均已结束。',
    signOut: '退出登录',
    signOutEverywhere: '全部退出',
    back: '返回',
    toLobby: '进入大堂工作台',
    toExpert: '进入专家工作台',
    toRecordings: '进入销售录制',
    number: '求助编号',
    notDone: '未能完成',
    otherTongue: 'English',
  },
}

export const roleWords: Readonly<Record<DeskRole, Readonly<Record<DeskTongue, string>>>> = {
  manager: { en: 'lobby manager', zh: '大堂经理' },
  staff: { en: 'branch staff', zh: '网点员工' },
  expert: { en: 'remote expert', zh: '远程专家' },
  lead: { en: 'expert team lead', zh: '专家组长' },
  admin: { en: 'administrator', zh: '管理员' },
  auditor: { en: 'auditor', zh: '审计员' },
}
