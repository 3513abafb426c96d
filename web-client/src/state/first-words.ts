/** A sentence for a list: the first line, as far as it goes into so many characters. */
export function firstWords(text: string, most: number): string {
  const line = text.trim().split(/[\r\n。！？!?]/, 1)[0]!.trim()
  const signs = [...line]
  return signs.length <= most ? line : `${signs.slice(0, most - 1).join('')}…`
}
