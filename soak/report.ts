// The summary of a run, as the table that docs/soak.md holds.
import type { Summary } from './soak.ts'

const row = (...cells: (string | number)[]) => `| ${cells.join(' | ')} |`

export function reportOf({ seconds, answers, kills, races, kept, looks, memory, departures }: Summary): string {
  const total = (by: { [status: string]: number }) => Object.values(by).reduce((a, b) => a + b, 0)
  const all = Object.values(answers).reduce((sum, by) => sum + total(by), 0)
  const statuses = (by: { [status: string]: number }) =>
    Object.entries(by)
      .sort()
      .map(([status, n]) => `${status}: ${n}`)
      .join(', ')
  return [
    row('what', 'how much'),
    row('---', '---'),
    row('minutes', (seconds / 60).toFixed(1)),
    row('requests answered', all),
    ...Object.entries(answers).map(([who, by]) => row(`of these by ${who}`, `${total(by)} (${statuses(by)})`)),
    row('kills of a server or the worker', kills),
    row('races', races),
    row('acknowledged orders looked for at the end', kept),
    row('looks at the whole world', looks),
    ...Object.entries(memory).map(([name, held]) => row(`most memory of ${name}, MB`, held)),
    row('departures', departures.length),
    '',
    ...departures.map((what) => `- ${what}`),
  ].join('\n')
}
