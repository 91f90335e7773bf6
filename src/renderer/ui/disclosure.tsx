import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button, Disclosure as AriaDisclosure, DisclosurePanel, Heading } from 'react-aria-components'
import { classNames } from './class-names.ts'
import styles from './disclosure.module.css'
import { Icon } from './icons.tsx'

interface DisclosureProps {
  readonly title: string
  readonly children: ReactNode
  readonly onToggle?: (isOpen: boolean) => void
  /** For a disclosure that something else opens as well. */
  readonly opening?: Opening
}

export interface Opening {
  readonly isOpen: boolean
  /** How often something else asked for it: each time it comes into view and takes the focus. */
  readonly asked: number
}

/** Opened, it brings its content into view: the action bar would hide what opens below the edge. */
export function Disclosure({ title, children, onToggle, opening }: DisclosureProps) {
  const [isOpenHere, setOpen] = useState(false)
  const isOpen = opening?.isOpen ?? isOpenHere
  const asked = opening?.asked ?? 0
  const content = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isOpen) content.current?.scrollIntoView({ block: 'nearest' })
  }, [isOpen, asked])
  useEffect(() => {
    if (asked > 0) content.current?.focus({ preventScroll: true })
  }, [asked])
  return (
    <AriaDisclosure
      isExpanded={isOpen}
      onExpandedChange={(isExpanded) => {
        setOpen(isExpanded)
        onToggle?.(isExpanded)
      }}
      className={classNames(styles['disclosure'])}
    >
      <Heading level={2} className={classNames(styles['heading'])}>
        <Button slot="trigger" className={classNames(styles['trigger'])}>
          <Icon name="chevronRight" size="small" />
          {title}
        </Button>
      </Heading>
      <DisclosurePanel className={classNames(styles['panel'])}>
        <div ref={content} tabIndex={-1} className={styles['content']}>
          {children}
        </div>
      </DisclosurePanel>
    </AriaDisclosure>
  )
}
