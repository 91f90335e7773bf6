import { cleanToken } from '#shared/domain/text-rules.ts'
import { type RefObject, useId, useState } from 'react'
import { afterPress } from './after-press.ts'
import { IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import { FieldProblem, type ShownProblem } from './field-problem.tsx'
import styles from './field.module.css'

interface SecretFieldProps {
  readonly id: string
  readonly label: string
  readonly showLabel: string
  readonly hideLabel: string
  /** The only holder of the secret; screens read `.value` at the moment they send it. */
  readonly inputRef: RefObject<HTMLInputElement | null>
  /** Told that the text changed, not what it is. */
  readonly onEdit?: () => void
  readonly onBlur?: () => void
  readonly hint?: string
  readonly problem?: ShownProblem | null
  readonly isReadOnly?: boolean
  readonly autoFocus?: boolean
}

/** Puts a text into a secret's input, or empties it, without it passing through any state. */
export function fillSecret(inputRef: RefObject<HTMLInputElement | null>, text: string): void {
  if (inputRef.current !== null) inputRef.current.value = text
}

/** E1: takes out what a paste brought along, and goes back to the input. */
export function cleanSecret(inputRef: RefObject<HTMLInputElement | null>): void {
  fillSecret(inputRef, cleanToken(inputRef.current?.value ?? ''))
  inputRef.current?.focus()
}

/**
 * A plain uncontrolled input: React Aria's TextField would hold a copy of the text in React's state, where
 * a secret must not be.
 */
export function SecretField({
  id,
  label,
  showLabel,
  hideLabel,
  inputRef,
  onEdit,
  onBlur,
  hint,
  problem = null,
  isReadOnly = false,
  autoFocus = false,
}: SecretFieldProps) {
  const [isShown, setShown] = useState(false)
  const noteId = useId()
  const hasNote = problem !== null || hint !== undefined
  return (
    <div className={styles['field']}>
      <label className={styles['label']} htmlFor={id}>
        {label}
      </label>
      <div className={styles['box']}>
        <input
          ref={inputRef}
          id={id}
          className={classNames(styles['input'], styles['mono'], styles['withButton'])}
          type={isShown ? 'text' : 'password'}
          onInput={onEdit}
          onBlur={onBlur && (() => afterPress(onBlur))}
          readOnly={isReadOnly}
          autoFocus={autoFocus}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={problem !== null}
          aria-describedby={hasNote ? noteId : undefined}
        />
        <span className={styles['boxButton']}>
          <IconButton
            icon={isShown ? 'eyeOff' : 'eye'}
            label={isShown ? hideLabel : showLabel}
            onPress={() => setShown(!isShown)}
          />
        </span>
      </div>
      {problem !== null && <FieldProblem id={noteId} problem={problem} />}
      {hint !== undefined && problem === null && (
        <p className={styles['hint']} id={noteId}>
          {hint}
        </p>
      )}
    </div>
  )
}
