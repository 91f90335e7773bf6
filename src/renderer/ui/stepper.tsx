import { classNames } from './class-names.ts'
import { Icon } from './icons.tsx'
import styles from './stepper.module.css'

interface StepperProps {
  readonly label: string
  readonly steps: readonly { readonly id: string; readonly name: string }[]
  readonly currentId: string
}

/** Where in the wizard one is. Shows only; Back and Continue move. */
export function Stepper({ label, steps, currentId }: StepperProps) {
  const current = steps.findIndex(({ id }) => id === currentId)
  return (
    <ol className={styles['stepper']} aria-label={label}>
      {steps.map(({ id, name }, index) => (
        <li
          key={id}
          className={classNames(
            styles['step'],
            index === current && styles['current'],
            index < current && styles['done'],
          )}
          aria-current={index === current ? 'step' : undefined}
        >
          <span className={styles['mark']}>{index < current ? <Icon name="check" size="small" /> : index + 1}</span>
          <span>{name}</span>
        </li>
      ))}
    </ol>
  )
}
