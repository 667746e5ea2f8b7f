import { describe, expect, it } from 'vitest'
import { checkOptions, type Option } from './options.ts'

const ask = (option: Partial<Option>, value: unknown) =>
  checkOptions({ options: { x: { type: 'string', label: 'X', ...option } } }, value === undefined ? {} : { x: value })

describe('what a customer answers to an order form', () => {
  it('orders 17: an integer', () => {
    expect(ask({ type: 'integer' }, 'invalid value')).toEqual({ x: ['A valid integer is required.'] })
    expect(ask({ type: 'integer' }, '12')).toBeUndefined()
    expect(ask({ type: 'integer', min: 2, max: 4 }, 1)).toEqual({ x: ['Ensure this value is greater than or equal to 2.'] })
    expect(ask({ type: 'money', min: 2, max: 4 }, 5)).toEqual({ x: ['Ensure this value is less than or equal to 4.'] })
    expect(ask({ type: 'component_multiplier' }, 3)).toBeUndefined()
  })

  it('orders 18: a required answer, unless the form has one itself', () => {
    expect(ask({ required: true }, undefined)).toEqual({ x: ['This field is required.'] })
    expect(ask({ required: true, default: 'a' }, undefined)).toBeUndefined()
    expect(ask({ required: true, default: '' }, undefined)).toEqual({ x: ['This field is required.'] })
    expect(ask({}, undefined)).toBeUndefined()
    expect(ask({}, null)).toEqual({ x: ['This field may not be null.'] })
  })

  it('texts, also of types that are not known', () => {
    expect(ask({ type: 'text' }, '')).toEqual({ x: ['This field may not be blank.'] })
    expect(ask({ type: 'html_text' }, ['a'])).toEqual({ x: ['Not a valid string.'] })
    expect(ask({ type: 'select_openstack_tenant' }, 'a')).toBeUndefined()
    expect(ask({ type: 'something_new' }, 'a')).toBeUndefined()
  })

  it('yes and no', () => {
    for (const value of [true, false, 'true', '1', 'on']) expect(ask({ type: 'boolean' }, value)).toBeUndefined()
    expect(ask({ type: 'boolean' }, 'perhaps')).toEqual({ x: ['Must be a valid boolean.'] })
  })

  it('one or several of the choices', () => {
    const choices = ['a', 'b', '3']
    expect(ask({ type: 'select_string', choices }, 'a')).toBeUndefined()
    expect(ask({ type: 'select_string', choices }, 3)).toBeUndefined()
    expect(ask({ type: 'select_string', choices }, 'c')).toEqual({ x: ['"c" is not a valid choice.'] })
    expect(ask({ type: 'select_string_multi', choices }, ['a', 'b'])).toBeUndefined()
    expect(ask({ type: 'select_string_multi', choices }, ['a', 'c'])).toEqual({ x: ['"c" is not a valid choice.'] })
    expect(ask({ type: 'select_string_multi', choices }, 'a')).toEqual({ x: ['Expected a list of items but got type "str".'] })
  })

  it('lists of texts and of addresses', () => {
    expect(ask({ type: 'select_multiple_openstack_tenants' }, ['a', ''])).toEqual({ x: { 1: ['This field may not be blank.'] } })
    expect(ask({ type: 'select_multiple_openstack_instances' }, { a: 1 })).toEqual({
      x: ['Expected a list of items but got type "dict".'],
    })
    expect(ask({ type: 'select_multiple_emails' }, ['a@example.org'])).toBeUndefined()
    expect(ask({ type: 'select_multiple_emails' }, ['nobody'])).toEqual({ x: { 0: ['Enter a valid email address.'] } })
  })

  it('days and times', () => {
    expect(ask({ type: 'date' }, '2026-02-30')).toEqual({
      x: ['Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'],
    })
    expect(ask({ type: 'date' }, '2026-02-28')).toBeUndefined()
    expect(ask({ type: 'time' }, '12:30')).toBeUndefined()
    expect(ask({ type: 'time' }, '25:00')).toEqual({
      x: ['Time has wrong format. Use one of these formats instead: hh:mm[:ss[.uuuuuu]].'],
    })
  })

  it('objects', () => {
    expect(ask({ type: 'conditional_cascade' }, ['a'])).toEqual({ x: ['Expected a dictionary of items but got type "list".'] })
    expect(ask({ type: 'single_datacenter_k8s_config' }, {})).toBeUndefined()
    expect(ask({ type: 'multi_datacenter_k8s_config' }, 'a')).toEqual({ x: ['Expected a dictionary of items but got type "str".'] })
    expect(ask({ type: 'storage_folder_manager' }, { permissions: '770', hard_quota_space: 0 })).toEqual({
      x: { storage_data_type: ['This field is required.'], hard_quota_space: ['Ensure this value is greater than 0.'] },
    })
    expect(ask({ type: 'storage_folder_manager' }, { permissions: '770', storage_data_type: 'home', hard_quota_space: 'x' })).toEqual({
      x: { hard_quota_space: ['A valid number is required.'] },
    })
    expect(ask({ type: 'storage_folder_manager' }, 4)).toEqual({ x: ['Expected a dictionary of items but got type "int".'] })
  })

  it('two answers that must stand in a relation', () => {
    const form = {
      options: {
        a: { type: 'integer', validators: [{ type: 'gt', target_field: 'b' }] },
        b: { type: 'integer' },
      },
    }

    expect(checkOptions(form, { a: 2, b: '2' })).toEqual({ a: 'a must be greater than b' })
    expect(checkOptions(form, { a: 3, b: 2 })).toBeUndefined()
    expect(checkOptions(form, { a: 3 })).toBeUndefined()
  })

  it('nothing is checked without a form, and unknown attributes pass', () => {
    expect(checkOptions({}, undefined)).toBeUndefined()
    expect(checkOptions({ order: [], options: {} }, { a: 1 })).toBeUndefined()
    expect(checkOptions({ options: { x: { type: 'string' } } }, { y: {} })).toBeUndefined()
    expect(checkOptions({ options: { x: { type: 'string' } } }, undefined)).toEqual({ non_field_errors: ['No data provided'] })
  })

  it('a key that every object has is not an answer', () => {
    expect(checkOptions({ options: { constructor: { type: 'string', required: true } } }, {})).toEqual({
      constructor: ['This field is required.'],
    })
  })
})
