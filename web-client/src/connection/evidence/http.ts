/** What came back. Status 0: nobody was reached. */
export interface Answer { status: number; header(name: string): string | null; problem: Readonly<Record<string, unknown>> }

/** Asks by HTTP; says how many bytes of the body have left. */
export type Ask = (method: string, url: string, headers: Readonly<Record<string, string>>, body?: Blob, left?: (bytes: number) => void) => Promise<Answer>

/** A line on which nothing moves for so long is lost. */
const STILL_MS = 20_000

const LOST: Answer = { status: 0, header: () => null, problem: {} }

/** By XMLHttpRequest: fetch does not tell how far a body is. */
export const askByXhr: Ask = (method, url, headers, body, left) =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest()
    let timer: ReturnType<typeof setTimeout>
    const moves = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => request.abort(), STILL_MS)
    }
    const end = (answer: Answer): void => {
      clearTimeout(timer)
      resolve(answer)
    }
    request.open(method, url)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = (event) => {
      moves()
      left?.(event.loaded)
    }
    request.onload = () => end({ status: request.status, header: (name) => request.getResponseHeader(name), problem: parsed(request.responseText) })
    request.onerror = request.onabort = () => end(LOST)
    moves()
    request.send(body ?? null)
  })

function parsed(text: string): Record<string, unknown> {
  try {
    const value = JSON.parse(text) as unknown
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
