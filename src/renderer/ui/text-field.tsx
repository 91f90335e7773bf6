import { useId } from 'react'
import { Input, Label, TextField as AriaTextField, Text } from 'react-aria-components'
import { afterPress } from './after-press.ts'
import { classNames } from './class-names.ts'
import { FieldProblem, type ShownProblem } from './field-problem.tsx'
import styles from './field.module.css'

interface TextFieldProps {
  /** The input's element id, by which a screen can put the focus on it. */
  readonly id: string
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly onBlur?: () => void
  readonly hint?: string
  readonly placeholder?: string
  readonly problem?: ShownProblem | null
  readonly isReadOnly?: boolean
  /** For keys, names and addresses, where each character counts. */
  readonly isMono?: boolean
}

export function TextField({
  id,
  label,
  value,
  onChange,
  onBlur,
  hint,
  placeholder,
  problem = null,
  isReadOnly = false,
  isMono = false,
}: TextFieldProps) {
  const problemId = useId()
  return (
    <AriaTextField
      id={id}
      className={classNames(styles['field'])}
      value={value}
      onChange={onChange}
      {...(onBlur === undefined ? {} : { onBlur: () => afterPress(onBlur) })}
      isInvalid={problem !== null}
      isReadOnly={isReadOnly}
      autoComplete="off"
      spellCheck="false"
      {...(problem === null ? {} : { 'aria-describedby': problemId })}
    >
      <Label className={classNames(styles['label'])}>{label}</Label>
      <Input
        className={classNames(styles['input'], isMono && styles['mono'])}
        {...(placeholder === undefined ? {} : { placeholder })}
      />
      {problem !== null && <FieldProblem id={problemId} problem={problem} />}
      {hint !== undefined && problem === null && (
        <Text slot="description" className={classNames(styles['hint'])}>
          {hint}
        </Text>
      )}
    </AriaTextField>
  )
}
