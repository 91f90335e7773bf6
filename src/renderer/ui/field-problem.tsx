import { Button } from './button.tsx'
import styles from './field.module.css'
import { Icon } from './icons.tsx'

/** A field's problem as the screens hand it down: ready words, and one click that puts it right. */
export interface ShownProblem {
  readonly text: string
  readonly repair?: { readonly label: string; readonly onPress: () => void }
}

export function FieldProblem({ id, problem }: { readonly id: string; readonly problem: ShownProblem }) {
  return (
    <div className={styles['problem']}>
      <Icon name="warning" size="small" />
      <div className={styles['problemBody']}>
        <span id={id} data-selectable>
          {problem.text}
        </span>
        {problem.repair !== undefined && (
          <Button size="small" onPress={problem.repair.onPress}>
            {problem.repair.label}
          </Button>
        )}
      </div>
    </div>
  )
}
