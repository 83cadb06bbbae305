/** What stands at the top of the demo: where it listens, where its data is, what to try. */
import type { Hub } from '#hub/main.ts'
import type { Tongue } from '../io/language.ts'
import { shellQuoted } from '../io/printable.ts'
import type { DemoAccount } from './demo-account.ts'
import type { Screen } from './screen.ts'

interface About {
  readonly data: string
  readonly own: boolean
  readonly tongue: Tongue
  readonly account: DemoAccount
}

/** To be copied as they are. A folder of the reader's own is named, so that they also work beside another hub. */
const commands = ({ data, own }: About): string =>
  ['tasks list --all', 'devices list', 'explain --device robot-1']
    .map((words) => `  npx usher ${words}${own ? '' : ` --data ${shellQuoted(data)}`}`)
    .join('\n')

const brokers = ({ ports }: Hub): string =>
  (['mqtt', 'mqtts', 'ws'] as const)
    .filter((name) => ports[name] !== undefined)
    .map((name) => `${name}://127.0.0.1:${ports[name]}${name === 'ws' ? '/mqtt' : ''}`)
    .join('  ')

const english = (hub: Hub, about: About): string => `
Usher, the demonstration branch. Its devices, visitors and staff are simulated; its hub is the real one.

  broker    ${brokers(hub)}
  sign in   http://127.0.0.1:${hub.ports.http}/  as ${about.account.name}, password ${about.account.password}
            the second person, who agrees: ${about.account.second}, the same password
            the remote expert, whom kiosks can call: ${about.account.expert}, the same password
            the auditor, who looks at recorded sales: ${about.account.auditor}, the same password
  screen    http://127.0.0.1:${hub.ports.http}/screen   any browser becomes a screen of the branch …
  kiosk     http://127.0.0.1:${hub.ports.http}/kiosk    … or a kiosk, once its code is typed under Screens and kiosks
  health    http://127.0.0.1:${hub.ports.http}/healthz
  metrics   http://127.0.0.1:${hub.ports.http}/metrics
  data      ${about.data}${about.own ? '  (removed at the end)' : ''}

In a second terminal:

${commands(about)}

Ctrl-C stops it.

`

const chinese = (hub: Hub, about: About): string => `
Usher 示范网点。设备、客户与员工均为模拟；中枢是真实的。

  消息代理  ${brokers(hub)}
  登录      http://127.0.0.1:${hub.ports.http}/  用户名 ${about.account.name}，密码 ${about.account.password}
            第二人（复核）：${about.account.second}，密码相同
            远程专家（可由智能柜台呼叫）：${about.account.expert}，密码相同
            审计员（查看双录）：${about.account.auditor}，密码相同
  智能屏    http://127.0.0.1:${hub.ports.http}/screen   任何浏览器都可成为网点的屏幕……
  智能柜台  http://127.0.0.1:${hub.ports.http}/kiosk    ……或智能柜台，在“屏幕与智能柜台”中输入其代码即可
  健康检查  http://127.0.0.1:${hub.ports.http}/healthz
  指标      http://127.0.0.1:${hub.ports.http}/metrics
  数据目录  ${about.data}${about.own ? '（结束时删除）' : ''}

在另一个终端中：

${commands(about)}

按 Ctrl-C 停止。

`

export const sayWelcome = (screen: Screen, hub: Hub, about: About): void =>
  screen.write(about.tongue === 'zh' ? chinese(hub, about) : english(hub, about))
