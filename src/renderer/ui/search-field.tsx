import { Button, Input, SearchField as AriaSearchField } from 'react-aria-components'
import { classNames } from './class-names.ts'
import { Icon } from './icons.tsx'
import fieldStyles from './field.module.css'
import styles from './search-field.module.css'

interface SearchFieldProps {
  readonly label: string
  readonly placeholder: string
  readonly clearLabel: string
  readonly value: string
  readonly onChange: (text: string) => void
}

/** Searches while one types; Escape and the cross empty it. */
export function SearchField({ label, placeholder, clearLabel, value, onChange }: SearchFieldProps) {
  return (
    <AriaSearchField
      aria-label={label}
      className={classNames(fieldStyles['box'], styles['search'])}
      value={value}
      onChange={onChange}
      maxLength={256}
    >
      <span className={styles['lens']}>
        <Icon name="search" size="small" />
      </span>
      <Input
        className={classNames(fieldStyles['input'], fieldStyles['withButton'], styles['input'])}
        placeholder={placeholder}
        spellCheck="false"
      />
      {value !== '' && (
        <Button className={classNames(fieldStyles['iconButton'])} aria-label={clearLabel}>
          <Icon name="close" size="small" />
        </Button>
      )}
    </AriaSearchField>
  )
}
