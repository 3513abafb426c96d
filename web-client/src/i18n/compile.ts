import type { MessageCompiler, MessageContext, MessageFunction } from 'vue-i18n'

const HOLES = /\{(\w+)\}/

/** Messages are sentences with `{name}` holes and nothing else: no plural forms, no links, no HTML. */
export const compileMessage: MessageCompiler = (message) => {
  const pieces = typeof message === 'string' ? message.split(HOLES) : []
  const fill = (context: MessageContext<string>): string =>
    pieces.map((piece, index) => (index % 2 === 0 ? piece : String(context.named(piece) ?? ''))).join('')
  return fill as MessageFunction<string>
}
