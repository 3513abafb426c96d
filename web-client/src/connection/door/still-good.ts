/** Whether the server still takes a token. A browser cannot see why a WebSocket was turned away; an ordinary request can. */
export async function tokenStillGood(origin: string, token: string): Promise<boolean> {
  const response = await fetch(`${origin}/api/me`, { headers: { Authorization: `Bearer ${token}` }, cache: 'no-store' })
  return response.status !== 401
}
