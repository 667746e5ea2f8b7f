import { describe, expect, it } from 'vitest'
import { type CategoryAttribute, readAttributes } from './attributes.ts'

const read = (attributes: CategoryAttribute[], values: { [key: string]: unknown }) => readAttributes([{ key: 'main', attributes }], values)

describe('attributes of an offering in its category', () => {
  it('names all required ones that are missing, sorted', () => {
    const attributes: CategoryAttribute[] = [
      { key: 'b', type: 'string', required: true },
      { key: 'a', type: 'string', required: true },
      { key: 'c', type: 'string' },
    ]

    expect(read(attributes, {})).toEqual({ errors: { attributes: ['These attributes are required: a, b'] } })
  })

  it('gives the default to one that was not sent, and keeps what the category does not know', () => {
    expect(read([{ key: 'a', type: 'integer', default: 4 }], { other: [1] })).toEqual({ values: { a: 4, other: [1] } })
  })

  const options = [{ key: 'red' }, { key: 'blue' }]
  it.each([
    ['boolean', 'true', 'Value must be a boolean.', true],
    ['string', 4, 'Value must be a string.', 'x'],
    ['text', {}, 'Value must be a string.', ''],
    ['integer', -1, 'Value must be positive integer.', 0],
    ['integer', '4', 'Value must be positive integer.', 4],
    ['choice', 'green', 'This value is not available.', 'red'],
    ['list', 'red', 'Value must be a list.', ['red', 'blue']],
    ['list', ['red', 'green'], 'These values are not available.', []],
  ] as const)('%s: %j is refused', (type, wrong, text, right) => {
    expect(read([{ key: 'x', type, options }], { x: wrong })).toEqual({ errors: { x: [text] } })
    expect(read([{ key: 'x', type, options }], { x: right })).toEqual({ values: { x: right } })
  })
})
