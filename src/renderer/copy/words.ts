/** What happened (title), and what it means and what to do (text). */
export interface Words {
  readonly title: string
  readonly text: string
}

export function words(title: string, text: string): Words {
  return { title, text }
}
