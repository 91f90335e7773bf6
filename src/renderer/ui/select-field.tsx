import { useId } from 'react'
import {
  Button,
  ComboBox,
  Group,
  Header,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Popover,
} from 'react-aria-components'
import { classNames } from './class-names.ts'
import { FieldProblem, type ShownProblem } from './field-problem.tsx'
import fieldStyles from './field.module.css'
import { Icon } from './icons.tsx'
import styles from './select-field.module.css'

export interface SelectGroup {
  readonly name: string
  readonly options: readonly { readonly id: string; readonly text: string }[]
}

interface SelectFieldProps {
  readonly id: string
  readonly label: string
  readonly placeholder: string
  readonly groups: readonly SelectGroup[]
  /** Offered whatever is searched for. */
  readonly alwaysShownText: string
  readonly selectedId: string | null
  readonly onSelect: (id: string) => void
  readonly problem?: ShownProblem | null
  readonly isReadOnly?: boolean
}

/** A select with search: each word typed has to occur somewhere in the option. */
export function SelectField({
  id,
  label,
  placeholder,
  groups,
  alwaysShownText,
  selectedId,
  onSelect,
  problem = null,
  isReadOnly = false,
}: SelectFieldProps) {
  const problemId = useId()
  const matches = (text: string, search: string) =>
    text === alwaysShownText ||
    search
      .toLowerCase()
      .split(/\s+/)
      .every((word) => text.toLowerCase().includes(word))
  return (
    <ComboBox
      id={id}
      className={classNames(fieldStyles['field'])}
      value={selectedId}
      onChange={(key) => key !== null && onSelect(String(key))}
      defaultFilter={matches}
      isInvalid={problem !== null}
      isReadOnly={isReadOnly}
      menuTrigger="input"
      {...(problem === null ? {} : { 'aria-describedby': problemId })}
    >
      <Label className={classNames(fieldStyles['label'])}>{label}</Label>
      <Group className={classNames(fieldStyles['box'])}>
        <Input
          className={classNames(fieldStyles['input'], fieldStyles['withButton'])}
          placeholder={placeholder}
          spellCheck="false"
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button className={classNames(fieldStyles['iconButton'])}>
          <Icon name="chevronDown" size="small" />
        </Button>
      </Group>
      {problem !== null && <FieldProblem id={problemId} problem={problem} />}
      <Popover className={classNames(styles['popover'])} offset={4}>
        <ListBox className={classNames(styles['list'])}>
          {groups.map((group) => (
            <ListBoxSection key={group.name} id={group.name} className={classNames(styles['section'])}>
              <Header className={classNames(styles['header'])}>{group.name}</Header>
              {group.options.map((option) => (
                <ListBoxItem
                  key={option.id}
                  id={option.id}
                  textValue={option.text}
                  className={classNames(styles['option'])}
                >
                  <span className={styles['optionText']}>{option.text}</span>
                  <span className={styles['tick']}>
                    <Icon name="check" size="small" />
                  </span>
                </ListBoxItem>
              ))}
            </ListBoxSection>
          ))}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
