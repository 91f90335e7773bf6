import type { ReactNode } from 'react'
import { Button, Disclosure as AriaDisclosure, DisclosurePanel, Heading } from 'react-aria-components'
import { classNames } from './class-names.ts'
import styles from './disclosure.module.css'
import { Icon } from './icons.tsx'

interface DisclosureProps {
  readonly title: string
  readonly children: ReactNode
  readonly onToggle?: (isOpen: boolean) => void
}

export function Disclosure({ title, children, onToggle }: DisclosureProps) {
  return (
    <AriaDisclosure
      {...(onToggle === undefined ? {} : { onExpandedChange: onToggle })}
      className={classNames(styles['disclosure'])}
    >
      <Heading level={2} className={classNames(styles['heading'])}>
        <Button slot="trigger" className={classNames(styles['trigger'])}>
          <Icon name="chevronRight" size="small" />
          {title}
        </Button>
      </Heading>
      <DisclosurePanel className={classNames(styles['panel'])}>
        <div className={styles['content']}>{children}</div>
      </DisclosurePanel>
    </AriaDisclosure>
  )
}
