/** A picture for what is done. */
import {
  BadgePercent,
  BatteryCharging,
  CircleDot,
  Headset,
  type LucideIcon,
  Megaphone,
  Monitor,
  MonitorSmartphone,
  Route,
  Smile,
  Tickets,
  UserRoundCheck,
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
}

export const CapabilityIcon = ({ of, size = 24 }: { readonly of: string; readonly size?: number }) => {
  const Icon = icons[of] ?? CircleDot
  return <Icon aria-hidden size={size} />
}
