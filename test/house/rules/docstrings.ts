import type { Node } from 'oxc-parser'
import { each, type Rule } from '../rule.ts'
import { faultAt, isProgram, parsed, type Fault, type Source } from '../source.ts'

/** Every exported declaration says in at least one sentence what it is or does. A door passes on what was said inside. */
export const docstrings: Rule = {
  name: 'docstrings',
  of: 'exported declarations',
  least: 400,
  judge: (sources) =>
    each(sources, isProgram, (source) => {
      const exported = parsed(source).program.body.filter(isExport)
      const faults = exported.flatMap((node): Fault[] => {
        const says = wrong(source, node)
        return says ? [faultAt(source, node, says)] : []
      })
      return { looked: exported.length, faults }
    }),
}

function isExport(node: Node): boolean {
  if (node.type === 'ExportNamedDeclaration') return !node.source
  return node.type === 'ExportDefaultDeclaration' || node.type === 'TSExportAssignment'
}

function wrong(source: Source, node: Node): string | undefined {
  if (node.type !== 'ExportNamedDeclaration' || !node.declaration)
    return 'exports away from the declaration, where no docstring stands'
  const said = docBefore(source, node)
  if (said === undefined) return 'has no docstring'
  return isSentence(said) ? undefined : 'has a docstring that is no sentence'
}

/** The docstring that ends where a declaration begins, but for white space. */
function docBefore(source: Source, { start }: Node): string | undefined {
  const comment = parsed(source).comments.find(
    ({ type, end }) => type === 'Block' && end <= start && source.text.slice(end, start).trim() === '',
  )
  if (!comment?.value.startsWith('*')) return undefined
  return comment.value.replace(/^\s*\*+/gm, '').trim()
}

/** Begins like a sentence, has at least two words, and stops. */
function isSentence(text: string): boolean {
  return /^[\p{Lu}\d`'"“‘(]/u.test(text) && /\S\s+\S/.test(text) && /[.!?:]["'”’)`]*(\s|$)/.test(text)
}
