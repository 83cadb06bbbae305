/** A picture for what is done. */
import {
  BadgePercent,
  BatteryCharging,
  Camera,
  CircleDot,
  Headset,
  type LucideIcon,
  Megaphone,
  Monitor,
  MonitorSmartphone,
  RotateCw,
  Route,
  ScanEye,
  Smile,
  Tickets,
  UserRoundCheck,
  Volume2,
} from 'lucide-react'

const icons: Readonly<Record<string, LucideIcon>> = {
  greet: Smile,
  guide: Route,
  announce: Megaphone,
  display: Monitor,
  promote: BadgePercent,
  'offer-service': MonitorSmartphone,
  'call-staff': UserRoundCheck,
  dock: BatteryCharging,
  'manage-ticket': Tickets,
  expert: Headset,
  'x-usher-identify': ScanEye,
  'x-usher-reload': RotateCw,
  'x-usher-volume': Volume2,
  'x-usher-screenshot': Camera,
}

export const CapabilityIcon = ({ of, size = 24 }: { readonly of: string; readonly size?: number }) => {
  const Icon = icons[of] ?? CircleDot
  return <Icon aria-hidden size={size} />
}
