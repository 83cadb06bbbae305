/** What stands at the top of the demo: where it listens, where its data is, what to try. */
import type { Hub } from '#hub/main.ts'
import type { Tongue } from '../io/language.ts'
import type { Screen } from './screen.ts'

interface About {
  readonly data: string
  readonly own: boolean
  readonly tongue: Tongue
}

const english = (hub: Hub, { data, own }: About): string => `
Usher, the demonstration branch. Its devices, visitors and staff are simulated; its hub is the real one.

  broker    mqtt://127.0.0.1:${hub.ports.mqtt}${hub.ports.mqtts === undefined ? '' : `  mqtts://127.0.0.1:${hub.ports.mqtts}`}
  health    http://127.0.0.1:${hub.ports.http}/healthz
  metrics   http://127.0.0.1:${hub.ports.http}/metrics
  data      ${data}${own ? '  (removed at the end)' : ''}

In a second terminal:${own ? '' : ` (export USHER_DATA=${data})`}
  npx usher tasks list --all        npx usher devices list        npx usher explain --device robot-1

Ctrl-C stops it.

`

const chinese = (hub: Hub, { data, own }: About): string => `
Usher 示范网点。设备、客户与员工均为模拟；中枢是真实的。

  消息代理  mqtt://127.0.0.1:${hub.ports.mqtt}${hub.ports.mqtts === undefined ? '' : `  mqtts://127.0.0.1:${hub.ports.mqtts}`}
  健康检查  http://127.0.0.1:${hub.ports.http}/healthz
  指标      http://127.0.0.1:${hub.ports.http}/metrics
  数据目录  ${data}${own ? '（结束时删除）' : ''}

在另一个终端中：${own ? '' : `（export USHER_DATA=${data}）`}
  npx usher tasks list --all        npx usher devices list        npx usher explain --device robot-1

按 Ctrl-C 停止。

`

export const sayWelcome = (screen: Screen, hub: Hub, about: About): void =>
  screen.write(about.tongue === 'zh' ? chinese(hub, about) : english(hub, about))
