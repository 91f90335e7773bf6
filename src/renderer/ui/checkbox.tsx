import type { ReactNode } from 'react'
import { CheckboxButton, CheckboxField, Text } from 'react-aria-components'
import styles from './checkbox.module.css'
import { classNames } from './class-names.ts'
import { Icon } from './icons.tsx'

interface CheckboxProps {
  readonly children: ReactNode
  readonly isSelected: boolean
  readonly onChange: (isSelected: boolean) => void
  readonly hint?: string
  readonly isReadOnly?: boolean
}

/** A box to tick, with what it means in small type below. */
export function Checkbox({ children, isSelected, onChange, hint, isReadOnly = false }: CheckboxProps) {
  return (
    <CheckboxField
      className={classNames(styles['field'])}
      isSelected={isSelected}
      onChange={onChange}
      isReadOnly={isReadOnly}
    >
      <CheckboxButton className={classNames(styles['checkbox'])}>
        <span className={styles['box']} aria-hidden="true">
          {isSelected && <Icon name="check" size="small" />}
        </span>
        <span>{children}</span>
      </CheckboxButton>
      {hint !== undefined && (
        <Text slot="description" className={classNames(styles['hint'])}>
          {hint}
        </Text>
      )}
    </CheckboxField>
  )
}
