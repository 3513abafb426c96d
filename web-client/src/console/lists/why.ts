import { RestRefusal } from '@/connection/rest'
import { t } from '@/i18n'

const SHEET = [
  'sheet-no-lines', 'sheet-too-many-lines', 'sheet-column-missing', 'sheet-cell-missing', 'sheet-cell-too-large', 'sheet-formula-cell', 'sheet-malformed-cell', 'sheet-unknown-node',
  'sheet-item-twice', 'sheet-unreadable', 'sheet-too-large', 'id-taken', 'malformed', 'unknown-node', 'too-large',
]

/** Why the server would not take it, with the line of the file where there is one. */
export function whyNot(error: unknown, refusal: (code: string) => string): string {
  if (!(error instanceof RestRefusal)) return refusal('internal')
  const { line } = error.details
  if (!SHEET.includes(error.code)) return refusal(error.code)
  const why = t(`listCode.${error.code}`)
  return line === undefined ? why : t('lists.inLine', { line: String(line), why })
}
