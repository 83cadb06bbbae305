/** One picture for each kind of device. */
import {
  Bot,
  Box,
  Cctv,
  DoorOpen,
  type LucideIcon,
  Monitor,
  Radio,
  Router,
  TabletSmartphone,
  Ticket,
} from 'lucide-react'
import type { LiveDevice } from '#protocol/desk/live/lobby-rows.ts'

export const kindIcons: Readonly<Record<LiveDevice['kind'], LucideIcon>> = {
  robot: Bot,
  screen: Monitor,
  kiosk: TabletSmartphone,
  camera: Cctv,
  'ticket-machine': Ticket,
  sensor: Radio,
  door: DoorOpen,
  gateway: Router,
  other: Box,
}
