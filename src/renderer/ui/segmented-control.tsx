import { Label, RadioButton, RadioField, RadioGroup } from 'react-aria-components'
import { classNames } from './class-names.ts'
import styles from './segmented-control.module.css'

interface SegmentedControlProps<T extends string> {
  readonly label: string
  readonly options: readonly { readonly id: T; readonly name: string }[]
  readonly selectedId: T
  readonly onSelect: (id: T) => void
}

/** One of a few, side by side, in a row with its label. Takes effect at once. */
export function SegmentedControl<T extends string>({ label, options, selectedId, onSelect }: SegmentedControlProps<T>) {
  const select = (value: string) => {
    const chosen = options.find(({ id }) => id === value)
    if (chosen !== undefined) onSelect(chosen.id)
  }
  return (
    <RadioGroup
      className={classNames(styles['group'])}
      value={selectedId}
      onChange={select}
      orientation="horizontal"
    >
      <Label className={classNames(styles['label'])}>{label}</Label>
      <div className={styles['segments']}>
        {options.map(({ id, name }) => (
          <RadioField key={id} value={id} className={classNames(styles['field'])}>
            <RadioButton className={classNames(styles['segment'])}>{name}</RadioButton>
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  )
}
