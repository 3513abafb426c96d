/** An arrow key leads to the list's next row (`data-row`), or into the list from outside. */
export function toNextRow(list: HTMLElement | undefined, event: KeyboardEvent, by: 1 | -1): void {
  const rows = [...(list?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
  const at = rows.indexOf(document.activeElement as HTMLElement)
  const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by]
  if (!next) return
  event.preventDefault()
  next.focus()
}
