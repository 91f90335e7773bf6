import type { ReactNode } from 'react'
import { RadioButton, RadioField, RadioGroup } from 'react-aria-components'
import { classNames } from './class-names.ts'
import { FieldProblem, type ShownProblem } from './field-problem.tsx'
import styles from './radio-cards.module.css'

export interface RadioCard {
  readonly id: string
  readonly name: string
  readonly badge?: string
  readonly detail: string
  /** Something to know before choosing it. */
  readonly caution?: ReactNode
}

interface RadioCardsProps {
  readonly id: string
  readonly label: string
  readonly cards: readonly RadioCard[]
  readonly selectedId: string | null
  readonly onSelect: (id: string) => void
  readonly problem?: ShownProblem | null
}

export function RadioCards({ id, label, cards, selectedId, onSelect, problem = null }: RadioCardsProps) {
  const problemId = `${id}-problem`
  return (
    <RadioGroup
      id={id}
      aria-label={label}
      className={classNames(styles['group'])}
      value={selectedId}
      onChange={onSelect}
      isInvalid={problem !== null}
      {...(problem === null ? {} : { 'aria-describedby': problemId })}
    >
      {cards.map((card) => (
        <RadioField key={card.id} value={card.id} aria-label={card.badge === undefined ? card.name : `${card.name}, ${card.badge}`}>
          <RadioButton className={classNames(styles['card'])}>
            <span className={styles['dot']} aria-hidden="true" />
            <span className={styles['body']}>
              <span className={styles['head']}>
                <span className={styles['name']}>{card.name}</span>
                {card.badge !== undefined && <span className={styles['badge']}>{card.badge}</span>}
              </span>
              <span className={styles['detail']}>{card.detail}</span>
              {card.caution !== undefined && <span className={styles['caution']}>{card.caution}</span>}
            </span>
          </RadioButton>
        </RadioField>
      ))}
      {problem !== null && <FieldProblem id={problemId} problem={problem} />}
    </RadioGroup>
  )
}
