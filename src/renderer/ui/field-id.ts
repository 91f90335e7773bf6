import type { FieldName } from '#shared/domain/text-rules.ts'

/** The element id of a field's input, by which it is found to be focused. */
export function fieldId(field: FieldName): string {
  return `field-${field}`
}

export function focusField(field: FieldName): void {
  const element = document.getElementById(fieldId(field))
  // A group of radios is focused at its chosen or first one.
  const input = element?.querySelector<HTMLInputElement>('input:checked, input') ?? element
  input?.focus()
}
