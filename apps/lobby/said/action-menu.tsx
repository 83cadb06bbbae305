/** What else can be done with one thing, for which there is no room beside it. Stands within a MenuTrigger. */
import type { LucideIcon } from 'lucide-react'
import { Menu, MenuItem, Popover } from 'react-aria-components'
import { classes } from '../../ui/classes.ts'
import styles from './action-menu.module.css'

export interface MenuAction {
  readonly id: string
  readonly text: string
  readonly icon: LucideIcon
  readonly act: () => void
}

export interface ActionMenuProps {
  readonly label: string
  readonly actions: readonly MenuAction[]
}

export const ActionMenu = ({ label, actions }: ActionMenuProps) => (
  <Popover className={classes(styles.popover)} placement="bottom end">
    <Menu aria-label={label} className={classes(styles.menu)}>
      {actions.map(({ id, text, icon: Icon, act }) => (
        <MenuItem key={id} id={id} className={classes(styles.item)} textValue={text} onAction={act}>
          <Icon aria-hidden size={20} />
          {text}
        </MenuItem>
      ))}
    </Menu>
  </Popover>
)
