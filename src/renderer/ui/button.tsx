import type { ReactNode, Ref } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import styles from './button.module.css'
import { classNames } from './class-names.ts'
import { Icon, type IconName } from './icons.tsx'

interface ButtonProps {
  readonly children: ReactNode
  readonly variant?: 'primary' | 'secondary' | 'quiet' | 'danger'
  readonly size?: 'normal' | 'small'
  readonly type?: 'button' | 'submit'
  readonly icon?: IconName
  /** Working: keeps the focus, takes no press, shows a spinner. The label should say what it does. */
  readonly isPending?: boolean
  readonly isDisabled?: boolean
  readonly autoFocus?: boolean
  readonly onPress?: () => void
  readonly ref?: Ref<HTMLButtonElement>
  readonly 'aria-label'?: string
}

export function Button({
  variant = 'secondary',
  size = 'normal',
  type = 'button',
  icon,
  isPending = false,
  children,
  onPress,
  ref,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      {...(ref === undefined ? {} : { ref })}
      {...(onPress === undefined ? {} : { onPress: () => onPress() })}
      type={type}
      isPending={isPending}
      className={classNames(styles['button'], styles[variant], styles[size])}
    >
      {isPending ? (
        <span className={styles['spinner']} aria-hidden="true" />
      ) : (
        icon !== undefined && <Icon name={icon} size="small" />
      )}
      <span>{children}</span>
    </AriaButton>
  )
}

/** A square button with an icon only; its label is told to screen readers and shown on hover. */
export function IconButton({
  icon,
  label,
  onPress,
  isPressed,
}: {
  readonly icon: IconName
  readonly label: string
  readonly onPress: () => void
  readonly isPressed?: boolean
}) {
  return (
    <AriaButton
      className={classNames(styles['iconButton'])}
      aria-label={label}
      {...(isPressed === undefined ? {} : { 'aria-pressed': isPressed })}
      onPress={() => onPress()}
    >
      <Icon name={icon} />
    </AriaButton>
  )
}
