import { SwitchButton, SwitchField, Text } from 'react-aria-components'
import { classNames } from './class-names.ts'
import styles from './switch.module.css'

interface SwitchProps {
  readonly label: string
  readonly isSelected: boolean
  readonly onChange: (isSelected: boolean) => void
  readonly hint?: string
  /** There is no choice here; the hint says why. */
  readonly isDisabled?: boolean
}

/** A row with what it is about at the left and the switch at the right. Takes effect at once. */
export function Switch({ label, isSelected, onChange, hint, isDisabled = false }: SwitchProps) {
  return (
    <SwitchField
      className={classNames(styles['field'])}
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled}
    >
      <SwitchButton className={classNames(styles['row'])}>
        <span className={styles['label']}>{label}</span>
        <span className={styles['track']} aria-hidden="true">
          <span className={styles['knob']} />
        </span>
      </SwitchButton>
      {hint !== undefined && (
        <Text slot="description" className={classNames(styles['hint'])}>
          {hint}
        </Text>
      )}
    </SwitchField>
  )
}
